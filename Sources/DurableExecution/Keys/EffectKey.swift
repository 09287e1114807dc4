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
