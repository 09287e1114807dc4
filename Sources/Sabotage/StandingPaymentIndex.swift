import GRDB

/// The unique index of the database that allows one standing payment a claim.
package enum StandingPaymentIndex {
  /// Takes it away, for stores that were made to show what happens then.
  package static let removal = "DROP INDEX one_standing_payment"

  package static func remove(fromFile path: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: removal) }
  }
}
