import Crypto

/// An effect key as text: what stores index and people type.
public struct KeyText: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

  /// Takes a key as it was printed; does not check it.
  package init(_ text: String) {
    self.text = text
  }

  package init(effect: String, segments: [String]) {
    var text = "idemp:\(effect)"
    for segment in segments {
      text += ":"
      text += Self.encoded(segment)
    }
    self.text = text
  }

  /// `pay` in `idemp:pay:…`; empty when the text is no effect key.
  package var effect: String {
    guard text.hasPrefix("idemp:") else { return "" }
    let rest = text.utf8.dropFirst("idemp:".utf8.count)
    guard let end = rest.firstIndex(of: UInt8(ascii: ":")) else { return "" }
    return String(rest[..<end]) ?? ""
  }

  /// Stands for the key wherever it would show personal data: logs, traces, headers to third parties.
  package var digest: String { SHA256.hexDigest(of: text.utf8) }

  public static func < (left: KeyText, right: KeyText) -> Bool { left.text < right.text }

  public var description: String { text }

  private static func encoded(_ segment: String) -> String {
    guard segment.utf8.contains(where: mustBeEncoded) else { return segment }
    var bytes: [UInt8] = []
    for byte in segment.utf8 {
      guard mustBeEncoded(byte) else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(ascii: "%"))
      bytes.append(contentsOf: Hex.digits(byte, uppercase: true))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func mustBeEncoded(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%") || byte < 0x20 || byte == 0x7F
  }
}
