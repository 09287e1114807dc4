import StrictText

/// A file's name and content, wherever they came from: a folder, or the binary itself.
package struct SourceFile: Hashable, Sendable {
  /// As errors show it: `PPO.yaml`, `plans/PPO.yaml`.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The name without folder and ending: what a fee schedule is called by.
  var stem: String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return (file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file).composed
  }
}
