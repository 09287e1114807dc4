/// A code, or all codes that begin alike: `G0463`, `J*`.
package struct CodePattern: Hashable, Sendable, Codable, CustomStringConvertible {
  /// As the plan file has it.
  package let description: String
  private let stem: [UInt8]
  private let isPrefix: Bool

  package init(_ text: String) {
    description = text
    isPrefix = text.hasSuffix("*")
    stem = Array(isPrefix ? text.dropLast().utf8 : text.utf8[...])
  }

  /// By bytes: codes are ASCII, and every line of every claim comes by here.
  package func matches(_ code: String) -> Bool {
    let bytes = code.utf8
    return (isPrefix || bytes.count == stem.count) && bytes.starts(with: stem)
  }

  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
