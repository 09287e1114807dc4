import BankProtocol
import ClaimsDomain
import DurableExecution
import GRDB
import Signatures

extension BankTransaction {
  /// What the bank has signed about a transfer. The first to ask makes it; it is never made again.
  ///
  /// - Parameters:
  ///   - number: the transfer's number.
  ///   - key: the idempotency key of the order that moved the money.
  func receipt(for number: Int64, under key: String) throws -> String? {
    guard let signer else { return nil }
    if let signed = try String.fetchOne(statements.findReceipt, arguments: [number]) { return signed }
    guard let booking = try Booking.fetchOne(statements.findBooking, arguments: [number]) else { return nil }
    let receipt = TransferReceipt(
      bank: bank, issuer: issuer, idempotencyKey: key, trackingID: booking.trackingID, transferID: Transfer.id(number),
      amount: booking.amount.isNegative ? try booking.amount.negated : booking.amount, payee: booking.payee,
      status: booking.amount.isNegative ? .returned : .paid, time: booking.time)
    let signed = try CompactJWS(signing: receipt, type: TransferReceipt.type, with: signer).text
    try statements.insertReceipt.execute(arguments: [number, signed])
    return signed
  }

  /// A stored response of an order that moved money, with the receipt for its transfer.
  func repeated(_ stored: BankResponse, of transfer: Int64?, under key: String) throws -> BankResponse {
    guard stored.status == 200, let transfer else { return stored }
    var response = stored
    response.receipt = try receipt(for: transfer, under: key)
    return response
  }
}

/// What a receipt takes from the row of its transfer.
private struct Booking: FetchableRecord {
  let trackingID: TrackingID
  let amount: Money
  let payee: String
  /// In UTC, as receipts contain it.
  let time: String

  init(row: Row) throws {
    trackingID = TrackingID(row[0])
    amount = Money(cents: row[1])
    payee = row[2]
    let booked: String = row[3]
    time = booked.split(separator: " ").joined(separator: "T") + "Z"
  }
}
