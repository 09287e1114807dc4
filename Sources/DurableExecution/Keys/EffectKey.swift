import Crypto

/// Names one business effect. The same intent always derives the same key, and the first response recorded under the
/// key is the only one there will ever be.
///
/// Each kind of key is a separate type that fixes its response: a `PaymentKey` yields a `PaymentResponse`, and nothing
/// else compiles. Build the segments from business values only. A key contains no time, no counter and nothing random.
package protocol EffectKey: Hashable, Sendable {
  /// The response that is stored under the key and replayed.
  associatedtype Response: Codable & Sendable

  /// The second part of the text: `pay` in `idemp:pay:…`.
  static var effect: String { get }
  /// How long the response stays in the live table.
  static var retention: Retention { get }

  /// The business values that identify the effect, in a fixed order.
  var segments: [String] { get }
  /// The stored form of the key.
  var text: KeyText { get }
}

extension EffectKey {
  /// The text `idemp:{effect}:{segment}:…`, with `:`, `%` and control characters of a segment percent-encoded.
  package var text: KeyText { KeyText(effect: Self.effect, segments: segments) }
}

/// An effect key as text: the form that stores index and people type. Two keys are equal if their bytes are, as in the
/// database, even if Swift considers the texts equal because they look alike.
public struct KeyText: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

  /// Takes a key in its printed form, without checking it.
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

  /// `pay` in `idemp:pay:…`; empty if the text is not an effect key.
  package var effect: String {
    guard text.hasPrefix("idemp:") else { return "" }
    let rest = text.utf8.dropFirst("idemp:".utf8.count)
    guard let end = rest.firstIndex(of: UInt8(ascii: ":")) else { return "" }
    return String(rest[..<end]) ?? ""
  }

  /// The values that the key was made from; empty if the text is not an effect key.
  package var segments: [String] {
    guard text.hasPrefix("idemp:") else { return [] }
    return text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).dropFirst(2)
      .map { Self.decoded(Array($0)) }
  }

  /// Replaces the key where the key would reveal personal data: logs, traces, headers to third parties.
  package var digest: String { SHA256.hexDigest(of: text.utf8) }

  // Comparing the texts first is quick, and equal bytes are always equal texts. The hash of the text serves unchanged.
  @_documentation(visibility: internal)
  public static func == (left: KeyText, right: KeyText) -> Bool {
    left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
  }

  public static func < (left: KeyText, right: KeyText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  public var description: String { text }

  /// Returns a segment without characters that separate segments or cannot be printed.
  static func encoded(_ segment: String) -> String {
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

  /// Returns a segment as it was before it was encoded.
  private static func decoded(_ part: [UInt8]) -> String {
    var bytes: [UInt8] = []
    var rest = part[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func mustBeEncoded(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%") || byte < 0x20 || byte == 0x7F
  }
}

/// Names one piece of work at another system, so that the system can be asked later what happened. It is derived from
/// the effect key, so every owner of the work derives the same id.
package struct TrackingID: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// Derives the id under which another system knows a key's work.
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

extension TrackingID: CanonicalValue {
  package func write(to writer: inout CanonicalWriter) throws { writer.write(text) }
}
