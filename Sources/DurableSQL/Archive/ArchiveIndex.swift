import DurableExecution
import Synchronization

/// A process's knowledge of the archive, enough to rule out most new keys without a query. Each store object has one
/// index, which its connections share.
///
/// The index saves lookups and decides nothing: a wrong "not archived" would make a key payable again. Therefore it
/// answers only if it has read every number up to the last one that the asking transaction sees. That is sufficient
/// because numbers become visible in order (`archive` holds its lock until it commits) and are never reused. A key that
/// leaves the archive stays in the index, which costs a lookup; if the key comes back, it has a new number.
package final class ArchiveIndex: Sendable {
  private let state: Mutex<State>

  private struct State {
    let seed: UInt64
    /// The server run whose archive the index describes.
    var incarnation: Int64 = 0
    var filter: BloomFilter
    /// Every archived key with a number up to this one is in the filter.
    var reach: Int64 = 0
    var isBeingFilled = false

    /// Clears the index if the server run is a different one, since one archive says nothing about another.
    mutating func turn(to incarnation: Int64) {
      guard self.incarnation != incarnation else { return }
      self.incarnation = incarnation
      filter = BloomFilter(seed: seed)
      reach = 0
    }
  }

  /// The maximum number of keys that one transaction reads: a few milliseconds of work.
  package static let page = 2_000
  /// The maximum size of the index, about 50 MB. If the archive is larger, the archive itself is queried.
  static let keyLimit = 20_000_000

  /// - Parameter seed: the seed of the hash. It is random, so that no sender of claims can craft keys that all cause
  ///   lookups.
  package init(seed: UInt64 = .random(in: .min ... .max)) {
    state = Mutex(State(seed: seed, filter: BloomFilter(seed: seed)))
  }

  package var byteCount: Int { state.withLock { $0.filter.byteCount } }

  /// Returns the keys that may be in an archive whose last number is `last`; all of them if the index cannot tell.
  func candidates(among keys: [KeyText], upTo last: Int64, in incarnation: Int64) -> [KeyText] {
    state.withLock { state in
      guard state.incarnation == incarnation, state.reach >= last else { return keys }
      return keys.filter(state.filter.mayContain)
    }
  }

  /// Reads one page of newer archive entries, unless another caller is already doing so.
  ///
  /// - Parameter read: returns at most `page` rows with numbers after the given one, in order. The rows must be
  ///   committed: a number that is rolled back may be assigned to another key.
  func fill(upTo last: Int64, in incarnation: Int64, _ read: (Int64) throws -> [ArchivedKey]) throws {
    let begun: Int64? = state.withLock { state in
      guard !state.isBeingFilled else { return nil }
      state.turn(to: incarnation)
      guard state.reach < last, state.filter.count < Self.keyLimit else { return nil }
      state.isBeingFilled = true
      return state.reach
    }
    guard let begun else { return }
    defer { state.withLock { $0.isBeingFilled = false } }
    let rows = try read(begun)
    // A page that is not full holds all remaining rows; missing numbers are no longer in use.
    let reached = max(rows.last?.sequence ?? begun, rows.count < Self.page ? last : begun)
    state.withLock { state in
      for row in rows { state.filter.insert(row.key) }
      state.reach = reached
    }
  }
}

/// A key and its number in the archive.
struct ArchivedKey {
  let key: KeyText
  let sequence: Int64
}
