import BankProtocol
import ClaimStore
import ClaimsDomain
import DurableExecution

/// What each payment adds for coming late, and how much of it makes up for what its payee owes. Both are written down
/// with its intent and stay so, whatever day it is and whatever the payee owes later.
struct PaymentTerms {
  private let today: CalendarDate
  private var owed: [String: Money]
  private let begun: [PaymentID: PaymentRow]
  /// The payments that payments of these claims correct.
  private let corrected: [ClaimIntakeID: [PaymentRow]]

  /// - Parameter requests: each with whether its claim was decided before, so that its payment may have been begun.
  init(
    for requests: [(request: PaymentRequest, wasDecidedBefore: Bool)], in transaction: some ClaimTransaction
  ) throws {
    today = transaction.now.day
    let again = requests.filter(\.wasDecidedBefore).map { PaymentRequest.paymentID(under: $0.request.key.text) }
    begun = again.isEmpty ? [:] : try transaction.payments(again)
    let priors = requests.flatMap(\.request.priorClaims)
    corrected = priors.isEmpty ? [:] : Dictionary(grouping: try transaction.payments(of: priors), by: \.claimID)
    let payees = Set(requests.map(\.request).filter { $0.decision.planPaid > .zero }.map(\.payee.reference))
    owed = payees.isEmpty ? [:] : try transaction.owed(by: payees.sorted())
  }

  /// The request with its interest, and with what is withheld of it.
  ///
  /// - Throws: `MoneyError.overflow`.
  mutating func settle(_ request: PaymentRequest) throws(MoneyError) -> PaymentRequest {
    if let payment = begun[PaymentRequest.paymentID(under: request.key.text)] {
      return try request.settled(interest: payment.interest, for: payment.late, withholding: payment.withheld)
    }
    let late = lateDays(of: request)
    let interest = try request.promptPay?.interest(on: request.decision.planPaid, for: late) ?? .zero
    let part = min(owed[request.payee.reference] ?? .zero, try request.decision.planPaid + interest)
    if let owes = owed[request.payee.reference] { owed[request.payee.reference] = try owes - part }
    return try request.settled(interest: interest, for: late, withholding: part)
  }

  /// A correction is as late as what it corrects was: what changed since is no fault of the first payment, and a claim
  /// that was denied at first is owed no interest when it is paid on appeal (Claims Processing Manual, chapter 1, section
  /// 80.2.2.1).
  private func lateDays(of request: PaymentRequest) -> DateRange? {
    let before = request.priorClaims.flatMap { corrected[$0] ?? [] }.filter { $0.state == .reversed }
    guard before.isEmpty else { return before.compactMap(\.late).max { $0.last < $1.last } }
    guard request.decision.planPaid > .zero else { return nil }
    return request.promptPay?.lateDays(received: request.claim.receivedOn, paid: today)
  }
}

extension PayeeBalance {
  /// What a payment recovers.
  init(recoveredBy payment: PaymentRow) {
    self.init(payee: payment.payee.reference, owed: payment.withheld)
  }
}
