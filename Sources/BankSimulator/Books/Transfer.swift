package import ClaimsDomain
package import DurableExecution
import GRDB

/// One transfer of money, as permanently recorded in the bank's books.
package struct Transfer: Hashable, Sendable {
  package enum Direction: String, Sendable {
    case out
    case back
  }

  package let number: Int64
  package let trackingID: TrackingID
  package let direction: Direction
  /// Positive for a transfer to the payee, negative for a return.
  package let amount: Money
  package let payer: PayerID
  package let payeeReference: String
  /// The reference on the payee's statement.
  package let reference: String
  /// What the transfer is for, whatever its reference.
  package let origin: String

  /// The transfer's number as responses contain it.
  package var id: String { Self.id(number) }

  static func id(_ number: Int64) -> String { "transfer-\(number)" }
}

extension Transfer: FetchableRecord {
  init(row: Row) throws {
    number = row[0]
    trackingID = TrackingID(row[1])
    direction = row[2] == Direction.out.rawValue ? .out : .back
    amount = Money(cents: row[3])
    payer = PayerID(row[4])
    payeeReference = row[5]
    reference = row[6]
    origin = row[7]
  }

  static let insert = """
    INSERT INTO transfers (tracking_id, direction, amount_cents, payer, payee_reference, reference, origin, issuer)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let all = """
    SELECT number, tracking_id, direction, amount_cents, payer, payee_reference, reference, origin FROM transfers ORDER BY number
    """
  static let byReference = """
    SELECT number, tracking_id, direction, amount_cents, payer, payee_reference, reference, origin FROM transfers
    WHERE reference = ? ORDER BY number
    """
}

/// An origin that was paid more than once, under any references, without a return: what PaidOnce exists to prevent.
package struct DuplicatePayment: Hashable, Sendable {
  package let origin: String
  /// The number of outgoing transfers that were not returned; at least two.
  package let standing: Int
  /// The net amount that the payee holds.
  package let net: Money
}

extension DuplicatePayment: FetchableRecord {
  init(row: Row) throws {
    origin = row[0]
    standing = row[1]
    net = Money(cents: row[2])
  }

  static let fetch = """
    SELECT t.origin, sum(CASE t.direction WHEN 'out' THEN 1 ELSE -1 END) AS standing, sum(t.amount_cents)
    FROM transfers t LEFT JOIN payments p ON p.issuer = t.issuer AND p.tracking_id = t.tracking_id
    WHERE p.corrects IS NULL GROUP BY t.issuer, t.payer, t.origin HAVING standing > 1 ORDER BY t.origin
    """
}

/// A payment whose state and transfers disagree.
package struct LedgerDiscrepancy: Hashable, Sendable {
  package let trackingID: TrackingID
  package let state: String
  /// The amount that the payee holds according to the state.
  package let expected: Money
  /// The amount that the payee holds according to the transfers.
  package let moved: Money
}

extension LedgerDiscrepancy: FetchableRecord {
  init(row: Row) throws {
    trackingID = TrackingID(row[0])
    state = row[1]
    expected = Money(cents: row[2])
    moved = Money(cents: row[3])
  }

  static let fetch = """
    SELECT p.tracking_id, p.state,
      CASE p.state WHEN 'committed' THEN p.amount_cents ELSE 0 END AS expected,
      coalesce(sum(t.amount_cents), 0) AS moved
    FROM payments p LEFT JOIN transfers t ON t.issuer = p.issuer AND t.tracking_id = p.tracking_id
    GROUP BY p.issuer, p.tracking_id HAVING expected <> moved ORDER BY p.tracking_id
    """
}

/// The totals of all transfers of the bank.
package struct BankTotals: Hashable, Sendable {
  /// The number of outgoing transfers, including voided ones.
  package let paymentsMade: Int
  package let paymentsReturned: Int
  package let paid: Money
  /// The returned amount, as a positive number.
  package let returned: Money
  /// The amount that payees hold: `paid - returned`.
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
