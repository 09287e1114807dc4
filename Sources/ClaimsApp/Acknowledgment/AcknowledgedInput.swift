/// What was said of a file that was sent to us.
package struct AcknowledgedInput: Hashable, Sendable {
  /// Told in the 277CA as taken in.
  package var accepted = 0
  /// Told in the 277CA as sent back.
  package var rejected = 0
  /// Told in the 999.
  package var unreadable = 0
  /// Not come to intake yet, or of a provider that a 277CA has no number for.
  package var unanswered = 0
}
