package import ClaimsDomain
import GRDB

/// What all transfers of the bank come to.
package struct BankTotals: Hashable, Sendable {
  /// Outgoing transfers, voided ones included.
  package let paymentsMade: Int
  package let paymentsReturned: Int
  package let paid: Money
  /// What came back, as a positive amount.
  package let returned: Money
  /// What payees hold: `paid - returned`.
  package let net: Money
}

extension BankTotals: FetchableRecord {
  static let none = BankTotals(paymentsMade: 0, paymentsReturned: 0, paid: .zero, returned: .zero, net: .zero)

  init(row: Row) throws {
    paymentsMade = row[0]
    paymentsReturned = row[1]
    paid = Money(cents: row[2])
    returned = Money(cents: row[3])
    net = Money(cents: row[4])
  }

  static let fetch = """
    SELECT count(*) FILTER (WHERE direction = 'out'),
      count(*) FILTER (WHERE direction = 'back'),
      coalesce(sum(amount_cents) FILTER (WHERE direction = 'out'), 0),
      -coalesce(sum(amount_cents) FILTER (WHERE direction = 'back'), 0),
      coalesce(sum(amount_cents), 0)
    FROM transfers
    """
}
