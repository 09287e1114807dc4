import ClaimStore
import ClaimFormats
import ClaimPipeline
import ClaimsDomain
import DurableExecution

/// Remittances as X12 835, each an interchange of its own.
struct X12RemittanceFormat: RemittanceFormat {
  func refusal(of claim: ClaimPayment) -> String? { RemittanceFile.refusal(of: claim).map { "\($0)" } }

  func file(_ advice: RemittanceAdvice, number: Int, isProduction: Bool, written: Timestamp) throws -> [UInt8] {
    // A control number has nine digits; a receiver has forgotten the first by the time they begin anew.
    guard let control = X12ControlNumber((number - 1) % 999_999_999 + 1), let first = X12ControlNumber(1) else {
      throw StoreFailure.corrupt("remittance number \(number)")
    }
    let sender = advice.payer.payerID?.text ?? advice.payment.originator
    let envelope = X12Envelope(
      sender: X12Address(identifier: sender), receiver: X12Address(identifier: advice.payee.identifier),
      written: X12Moment(written), interchangeControl: control, groupControl: control, isProduction: isProduction)
    return try RemittanceFile.bytes([advice], in: envelope, firstTransaction: first)
  }
}

extension X12Moment {
  /// To the minute, in UTC.
  init(_ instant: Timestamp) {
    let minute = Int((instant.microseconds / 60_000_000) % 1_440)
    // The clock of a database is past 1970, so there is such a minute.
    self = X12Moment(instant.day, hour: minute / 60, minute: minute % 60) ?? X12Moment(midnightOf: instant.day)
  }
}
