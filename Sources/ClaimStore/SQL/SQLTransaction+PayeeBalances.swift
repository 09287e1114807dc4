package import DurableSQL
package import ClaimsDomain
import DurableExecution

private enum SQL {
  static let owed = Statement(
    "balances.owed", "SELECT payee, owed_cents FROM payee_balances WHERE owed_cents > 0 AND payee \(oneOf: 1)")
  static let owe = Statement(
    "balances.owe",
    """
    INSERT INTO payee_balances (payee, owed_cents, step) VALUES ($1, $2, 1)
    ON CONFLICT (payee) DO UPDATE
    SET owed_cents = payee_balances.owed_cents + excluded.owed_cents, step = payee_balances.step + 1
    """)
  static let recover = Statement(
    "balances.recover",
    """
    UPDATE payee_balances SET owed_cents = owed_cents - $1, step = step + 1 WHERE payee = $2 AND owed_cents >= $3
    """)
}

extension SQLTransaction {
  package func owed(by payees: [String]) throws -> [String: Money] {
    Dictionary(uniqueKeysWithValues: try ask(SQL.owed, for: payees) { (try $0.text(), try $0.cents()) })
  }

  package func owe(_ balances: [PayeeBalance]) throws {
    try run(SQL.owe, try balances.summed().map { [.text($0.payee), .integer($0.owed.cents)] })
  }

  package func recover(_ balances: [PayeeBalance]) throws {
    try run(
      SQL.recover, try balances.summed(), { [.integer($0.owed.cents), .text($0.payee), .integer($0.owed.cents)] },
      orFail: { _ in .stale("what a payee owes") })
  }
}
