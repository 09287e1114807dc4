import Crypto

/// Names one business effect: the same intent always derives the same key, and the first response recorded under it
/// is the only one there will ever be.
///
/// A key is a type of its own, and its type says what it yields: a `PaymentKey` yields a `PaymentResponse` and nothing
/// else compiles. Build the segments from business values only. No time, no counter and nothing random belongs in a key.
package protocol EffectKey: Hashable, Sendable {
  /// What is stored under the key and replayed.
  associatedtype Response: Codable & Sendable

  /// The second part of the text: `pay` in `idemp:pay:…`.
  static var effect: String { get }
  /// How long the response stays in the live table.
  static var retention: Retention { get }

  /// The business values that make the effect what it is, in a fixed order.
  var segments: [String] { get }
  /// The key as it is stored.
  var text: KeyText { get }
}

extension EffectKey {
  /// `idemp:{effect}:{segment}:…`, with `:`, `%` and control characters of a segment percent-encoded.
  package var text: KeyText { KeyText(effect: Self.effect, segments: segments) }
}

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

/// Names one piece of work at another system, so that it can be asked afterward what became of it. Derived from
/// the effect key: whoever takes the work over derives the same.
package struct TrackingID: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The one under which a key's work is known elsewhere.
  package init(of key: KeyText) {
    self.init("trk-\(key.digest.prefix(32))")
  }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package var description: String { text }
}
