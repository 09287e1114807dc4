package import DurableExecution

/// The hints that one transaction takes from a cache, and the hints not yet proven. A key assumed to be new is proven
/// by its insert, which the database refuses if the key exists, or else by a lookup before the commit. Bytes are proven
/// by the digest that the store has recorded.
package final class CacheHints {
  private let cache: any ResponseCache
  /// False after hints have failed: the transaction then runs again with the store alone.
  private let areTrusted: Bool
  /// The keys assumed to be new that are neither inserted nor looked up yet.
  private(set) var unproven: Set<KeyText> = []
  /// Whether the transaction relied on any hint from the cache.
  package private(set) var wereTaken = false
  /// The responses to store in the cache if the transaction commits.
  package private(set) var responses: [KeyText: [UInt8]] = [:]
  private var known: Set<KeyText> = []

  package init(_ cache: any ResponseCache, areTrusted: Bool) {
    self.cache = cache
    self.areTrusted = areTrusted
  }

  /// Returns the keys to look up, and the bytes that need not be read for them.
  func sight(_ keys: [KeyText]) -> (lookUp: [KeyText], bodies: [KeyText: [UInt8]]) {
    guard areTrusted else { return (keys, [:]) }
    let sightings = cache.sight(keys)
    // Looking up one key costs as much as looking up all of them.
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

  /// Returns the keys of the records to insert that no one has looked up.
  func prove(_ records: [KeyRecord]) -> Set<KeyText> {
    let unseen = unproven.intersection(records.map(\.key))
    unproven.subtract(unseen)
    return unseen
  }

  /// Marks all remaining keys as proven, after a lookup.
  func proveAll() { unproven = [] }

  func wasWrong(of keys: some Collection<KeyText>) {
    guard !keys.isEmpty else { return }
    known.subtract(keys)
    cache.wasWrong(of: keys.count)
  }

  func note(_ records: some Sequence<KeyRecord>) {
    for record in records where !known.contains(record.key) {
      if let response = record.response { responses[record.key] = response.bytes }
    }
  }

  /// Reports a wrong hint if the transaction failed before its commit.
  ///
  /// - Parameter isRefusal: whether the store refused a write, which it then did because of what the cache claimed.
  package func failed(isRefusal: Bool) {
    if wereTaken, isRefusal { cache.wasWrong(of: 1) }
  }
}

/// A cache outside the store, consulted before the store. It may be lost, flushed, stale or wrong: its hints save a
/// lookup or some bytes, and are proven in the same transaction.
package protocol ResponseCache: Sendable {
  /// Marks these keys as seen, and returns what was known of each before. A cache that cannot be reached returns
  /// nothing.
  func sight(_ keys: [KeyText]) -> [KeyText: KeySighting]

  /// Stores committed responses. It returns immediately, and skips responses that it has no time to store.
  func remember(_ responses: [KeyText: [UInt8]])

  /// Reports that the cache was wrong about this many keys. The outcome is still correct; this is for the log.
  func wasWrong(of keys: Int)
}

package enum KeySighting: Hashable, Sendable {
  /// The key has not been seen: most likely it is new.
  case unseen
  case seen
  /// The key is done, most likely with these bytes.
  case response([UInt8])
}
