package import ClaimFormats
package import ClaimStore
package import DurableExecution

/// Deletes what a retention policy no longer wants kept, page by page, so that workers are not held up. It can be stopped
/// at any time and begun again.
///
/// Only what no promise rests on can leave (`PurgeKind`). A key that was deleted could act again, so keys, claims and money
/// stay, whatever a policy says.
package struct PurgeDesk: Sendable {
  private let store: ClaimStore
  private let days: Int

  /// The fewest days that a policy may keep things for: senders and receivers may still ask within the month.
  package static let fewestDays = 30
  package static let mostDays = 36_500
  private static let page = 1_000

  /// - Parameter days: what is older than so many days leaves.
  /// - Throws: `PurgeRefusal`.
  package init(_ store: ClaimStore, olderThanDays days: Int) throws(PurgeRefusal) {
    guard (Self.fewestDays...Self.mostDays).contains(days) else { throw PurgeRefusal() }
    (self.store, self.days) = (store, days)
  }

  /// Counts what would leave now.
  ///
  /// - Throws: `StoreFailure`.
  package func preview() async throws -> [Purged] {
    try await store.read { [days] transaction in
      let cutoff = try transaction.now.adding(.seconds(-days * 86_400))
      return try PurgeKind.allCases.map { kind in
        Purged(kind: kind, count: 0, left: try transaction.purgeable(kind, before: cutoff))
      }
    }
  }

  /// Deletes what is old. Who and why is on record before anything is gone.
  ///
  /// - Parameter pages: the most pages of a kind to delete; nil for all.
  /// - Throws: `StoreFailure`.
  package func purge(by signOff: SignOff, pages: Int? = nil) async throws -> [Purged] {
    let cutoff = try await store.read { [days] in try $0.now.adding(.seconds(-days * 86_400)) }
    var all: [Purged] = []
    for kind in PurgeKind.allCases {
      all.append(try await purge(kind, before: cutoff, by: signOff, pages: pages))
    }
    return all
  }

  private func purge(
    _ kind: PurgeKind, before cutoff: Timestamp, by signOff: SignOff, pages: Int?
  ) async throws -> Purged {
    let found = try await store.read { try $0.purgeable(kind, before: cutoff) }
    guard found > 0 else { return Purged(kind: kind, count: 0, left: 0) }
    let record = KeyText(effect: "purge", segments: [kind.rawValue, cutoff.iso8601])
    try await store.transaction { try $0.write(act: "purge", of: record, by: signOff, waiving: []) }
    var (count, done) = (0, 0)
    while done < pages ?? .max {
      let deleted = try await store.transaction { try $0.purge(kind, before: cutoff, limit: Self.page) }
      guard deleted > 0 else { break }
      count += deleted
      done += 1
    }
    return Purged(kind: kind, count: count, left: try await store.read { try $0.purgeable(kind, before: cutoff) })
  }
}

/// What became of one kind of old rows.
package struct Purged: Hashable, Sendable {
  package let kind: PurgeKind
  /// The number that was deleted.
  package let count: Int
  /// The number that is old and still there.
  package let left: Int

  package init(kind: PurgeKind, count: Int, left: Int) {
    (self.kind, self.count, self.left) = (kind, count, left)
  }
}

/// A policy keeps things for too short or too long a time.
package struct PurgeRefusal: Error, CustomStringConvertible {
  package var description: String {
    "what is younger than \(PurgeDesk.fewestDays) days is kept: name \(PurgeDesk.fewestDays) to \(PurgeDesk.mostDays) days"
  }
}

extension Purged {
  package func write(to json: inout OrderedJSON) {
    json.object { json in
      json.member("kind", kind.rawValue)
      json.member("deleted", count)
      json.member("left", left)
    }
  }
}
