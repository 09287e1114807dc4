package import DurableExecution

/// What a cache outside the store says of keys before the store is asked. It may be lost, flushed, stale or lying: what
/// it says saves a look-up or some bytes, and is proven in the same transaction.
package protocol ResponseCache: Sendable {
  /// Marks these keys as asked for, and tells what was known of each before. A cache that cannot be asked says nothing.
  func sight(_ keys: [KeyText]) -> [KeyText: KeySighting]

  /// Takes in responses that are committed. Returns at once; what it has no time for is left out.
  func remember(_ responses: [KeyText: [UInt8]])

  /// What it said of these keys was wrong. The outcome is right all the same: this is for the log.
  func wasWrong(of keys: Int)
}

package enum KeySighting: Hashable, Sendable {
  /// Nobody has asked for it: most likely a new key.
  case unseen
  case seen
  /// It is done, most likely with these bytes.
  case response([UInt8])
}
