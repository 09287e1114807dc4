import ClaimsDomain
import DurableExecution

/// The rows of claims that a transaction has written.
///
/// A claim passes several agents in one transaction, and each changes its row. The row is sent to the database once, when
/// a statement depends on it or when the transaction ends, and it is not read back.
final class WrittenClaims {
  private var claims: [ClaimIntakeID: Written] = [:]
  /// The claims that have something to send, in the order in which they were first written.
  private var unsent: [ClaimIntakeID] = []

  private struct Written {
    var row: ClaimRow
    var unsent: Unsent?
  }

  enum Unsent {
    case insert(care: ClaimCare, body: [UInt8])
    /// Replaces the version that is in the database.
    case update(over: Int)
  }

  subscript(id: ClaimIntakeID) -> ClaimRow? { claims[id]?.row }

  /// The body of a claim that is not in the database yet; nil for any other claim.
  func unsentBody(of id: ClaimIntakeID) -> [UInt8]? {
    if case .insert(_, let body)? = claims[id]?.unsent { body } else { nil }
  }

  /// - Throws: `StoreFailure.constraint` if this transaction has written a claim of the same number.
  func insert(_ received: [StoredClaim]) throws(StoreFailure) {
    for claim in received {
      guard claims[claim.row.id] == nil else { throw .constraint("claims") }
      claims[claim.row.id] = Written(row: claim.row, unsent: .insert(care: claim.care, body: claim.body))
      unsent.append(claim.row.id)
    }
  }

  /// - Throws: `StoreFailure.stale` if a row is not the next version of the one that this transaction has written.
  func update(_ rows: [ClaimRow]) throws(StoreFailure) {
    for row in rows {
      let before = claims[row.id]
      if let before, before.row.version + 1 != row.version { throw .stale("claim \(row.id)") }
      if before?.unsent == nil { unsent.append(row.id) }
      claims[row.id] = Written(row: row, unsent: before?.unsent ?? .update(over: row.version - 1))
    }
  }

  /// Returns what has to be sent now, and takes it for sent.
  func take(_ isDue: (ClaimRow, Unsent) -> Bool) -> [(row: ClaimRow, unsent: Unsent)] {
    guard !unsent.isEmpty else { return [] }
    var due: [(row: ClaimRow, unsent: Unsent)] = []
    var later: [ClaimIntakeID] = []
    for id in unsent {
      guard let written = claims[id], let change = written.unsent, isDue(written.row, change) else {
        later.append(id)
        continue
      }
      due.append((written.row, change))
      claims[id]?.unsent = nil
    }
    unsent = later
    return due
  }
}
