import DurableExecution
import Synchronization

/// What a process knows of the archive: enough to say of most new keys, without asking, that they are not there. One for
/// each store object, shared by its connections.
///
/// It saves look-ups and decides nothing: a false "not there" would make a key payable again. So it answers only where
/// it has taken in every number up to the last one that the asking transaction sees. That is enough because numbers
/// become visible in their order (`archive` holds its lock to its commit) and are never given out twice.
/// A key that leaves the archive stays in here, which costs a look-up; if it comes back, it has a new number.
package final class ArchiveIndex: Sendable {
  private let state: Mutex<State>

  private struct State {
    let seed: UInt64
    /// Whose archive this is about.
    var incarnation: Int64 = 0
    var filter: BloomFilter
    /// Every archived key of a number up to this is in the filter.
    var reach: Int64 = 0
    var isBeingFilled = false

    /// What one server has told says nothing about another's archive.
    mutating func turn(to incarnation: Int64) {
      guard self.incarnation != incarnation else { return }
      self.incarnation = incarnation
      filter = BloomFilter(seed: seed)
      reach = 0
    }
  }

  /// How many keys one transaction takes in at most: some milliseconds' work.
  package static let page = 2_000
  /// About 50 MB. With a larger archive the archive is asked.
  static let keyLimit = 20_000_000

  /// - Parameter seed: of the hash; by chance, so that no sender of claims can make up keys that are all looked up.
  package init(seed: UInt64 = .random(in: .min ... .max)) {
    state = Mutex(State(seed: seed, filter: BloomFilter(seed: seed)))
  }

  package var byteCount: Int { state.withLock { $0.filter.byteCount } }

  /// Those of these keys that may be in an archive whose last number is `last`: all of them where this cannot tell.
  func candidates(among keys: [KeyText], upTo last: Int64, in incarnation: Int64) -> [KeyText] {
    state.withLock { state in
      guard state.incarnation == incarnation, state.reach >= last else { return keys }
      return keys.filter(state.filter.mayContain)
    }
  }

  /// Takes in one page of what is newer than it knows, unless somebody else is at it.
  ///
  /// - Parameter read: at most `page` rows of numbers after the one it is given, in their order. They must be committed:
  ///   a number that is rolled back may be given to another key.
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
    // A page that is not full has all there is; numbers that are missing belong to nobody any more.
    let reached = max(rows.last?.sequence ?? begun, rows.count < Self.page ? last : begun)
    state.withLock { state in
      for row in rows { state.filter.insert(row.key) }
      state.reach = reached
    }
  }
}

/// A key and its place in the archive.
struct ArchivedKey {
  let key: KeyText
  let sequence: Int64
}
