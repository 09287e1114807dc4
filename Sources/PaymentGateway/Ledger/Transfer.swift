package import ClaimsDomain
package import DurableExecution
import GRDB

/// One movement of money, as it stands in the bank's books for good.
package struct Transfer: Hashable, Sendable {
  package enum Direction: String, Sendable {
    case out
    case back
  }

  package let number: Int64
  package let trackingID: TrackingID
  package let direction: Direction
  /// Positive when it went out to the payee, negative when it came back.
  package let amount: Money
  package let payer: PayerID
  package let payeeReference: String
  /// What the payee sees on the statement.
  package let reference: String
  /// What it is for, under whatever reference.
  package let origin: String

  /// The bank's number for it, as answers carry it.
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
    INSERT INTO transfers (tracking_id, direction, amount_cents, payer, payee_reference, reference, origin)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    """
  static let all = """
    SELECT number, tracking_id, direction, amount_cents, payer, payee_reference, reference, origin FROM transfers ORDER BY number
    """
  static let byReference = """
    SELECT number, tracking_id, direction, amount_cents, payer, payee_reference, reference, origin FROM transfers
    WHERE reference = ? ORDER BY number
    """
}
