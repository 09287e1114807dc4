package import DurableExecution

/// What one transaction is told by a cache, and what of it is not proven yet. Keys taken for new are proven by their
/// insert, which the database refuses where they are not, or else by a look-up before the commit. Bytes are proven by
/// the digest the store has on record.
package final class CacheHints {
  private let cache: any ResponseCache
  /// False after hints have failed: the same again, by the store alone.
  private let areTrusted: Bool
  /// Taken for new, and neither inserted nor looked up.
  private(set) var unproven: Set<KeyText> = []
  /// Whether anything that was done rests on the cache's word.
  package private(set) var wereTaken = false
  private var responses: [KeyText: [UInt8]] = [:]
  private var known: Set<KeyText> = []

  package init(_ cache: any ResponseCache, areTrusted: Bool) {
    self.cache = cache
    self.areTrusted = areTrusted
  }

  /// What is to be looked up of these keys, and the bytes that need not be read for it.
  func sight(_ keys: [KeyText]) -> (lookUp: [KeyText], bodies: [KeyText: [UInt8]]) {
    guard areTrusted else { return (keys, [:]) }
    let sightings = cache.sight(keys)
    // One key to look up costs as much as all of them.
    if keys.allSatisfy({ sightings[$0] == .unseen }) {
      unproven.formUnion(keys)
      wereTaken = true
      return ([], [:])
    }
    let bodies = sightings.compactMapValues { sighting in
      if case .response(let bytes) = sighting { bytes } else { nil }
    }
    known.formUnion(bodies.keys)
    return (keys, bodies)
  }

  /// Of these records that are to be inserted, those whose keys nobody has looked for.
  func prove(_ records: [KeyRecord]) -> Set<KeyText> {
    let unseen = unproven.intersection(records.map(\.key))
    unproven.subtract(unseen)
    return unseen
  }

  /// These were looked up after all.
  func proveAll() { unproven = [] }

  func wasWrong(of keys: some Collection<KeyText>) {
    guard !keys.isEmpty else { return }
    known.subtract(keys)
    cache.wasWrong(of: keys.count)
  }

  /// To be told to the cache if the transaction commits.
  func note(_ records: some Sequence<KeyRecord>) {
    for record in records where !known.contains(record.key) {
      if let response = record.response { responses[record.key] = response.bytes }
    }
  }

  /// The transaction has committed.
  package func committed() {
    if !responses.isEmpty { cache.remember(responses) }
  }

  /// The transaction did not get as far as its commit.
  ///
  /// - Parameter isRefusal: whether the store refused what was written, which it then did for what the cache said.
  package func failed(isRefusal: Bool) {
    if wereTaken, isRefusal { cache.wasWrong(of: 1) }
  }
}

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
