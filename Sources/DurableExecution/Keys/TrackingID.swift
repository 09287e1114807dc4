/// Names one piece of work at another system, so that it can be asked afterwards what became of it. Derived from
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
