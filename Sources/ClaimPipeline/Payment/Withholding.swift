import ClaimsDomain
import DurableExecution

/// How much of each payment makes up for what its payee owes. What a payment withholds is written down with its intent
/// and stays so, whatever the payee owes later.
struct Withholding {
  private var owed: [String: Money]
  private let begun: [PaymentID: PaymentRow]

  /// - Parameter requests: each with whether its claim was decided before, so that its payment may have been begun.
  init(
    for requests: [(request: PaymentRequest, wasDecidedBefore: Bool)], in transaction: some ClaimTransaction
  ) throws {
    let due = requests.filter { $0.request.decision.planPaid > .zero }
    let again = due.filter(\.wasDecidedBefore).map { PaymentRequest.paymentID(under: $0.request.key.text) }
    begun = again.isEmpty ? [:] : try transaction.payments(again)
    let payees = Set(due.map(\.request.payee.reference))
    owed = payees.isEmpty ? [:] : try transaction.owed(by: payees.sorted())
  }

  /// The request with what is withheld of it.
  ///
  /// - Throws: `MoneyError.overflow`.
  mutating func withhold(from request: PaymentRequest) throws(MoneyError) -> PaymentRequest {
    if let payment = begun[PaymentRequest.paymentID(under: request.key.text)] {
      return try request.withholding(payment.withheld)
    }
    guard let owes = owed[request.payee.reference] else { return request }
    let part = min(owes, request.decision.planPaid)
    owed[request.payee.reference] = try owes - part
    return try request.withholding(part)
  }
}

extension PayeeBalance {
  /// What a payment recovers.
  init(recoveredBy payment: PaymentRow) {
    self.init(payee: payment.payee.reference, owed: payment.withheld)
  }
}
