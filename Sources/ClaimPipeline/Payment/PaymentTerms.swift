import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The interest that each payment adds for being late, and the part of each payment that offsets what its payee owes.
/// Both are recorded with the payment's intent and do not change, whatever the day and the payee's later balance.
struct PaymentTerms {
  private let today: CalendarDate
  private var owed: [String: Money]
  private let begun: [PaymentID: PaymentRow]
  /// The payments that the payments for these claims correct.
  private let corrected: [ClaimIntakeID: [PaymentRow]]

  /// - Parameters:
  ///   - requests: each request with whether its claim was decided before, in which case its payment may have been
  ///     started.
  ///   - owed: what their payees owe.
  init(
    for requests: [(request: PaymentRequest, wasDecidedBefore: Bool)], owed: [String: Money],
    in transaction: some PayingRecords
  ) throws {
    self.owed = owed
    today = try transaction.now.day
    let again = requests.filter(\.wasDecidedBefore).map { PaymentRequest.paymentID(under: $0.request.key.text) }
    begun = again.isEmpty ? [:] : try transaction.payments(again)
    let priors = requests.flatMap(\.request.priorClaims)
    corrected = priors.isEmpty ? [:] : Dictionary(grouping: try transaction.payments(of: priors), by: \.claimID)
  }

  /// The request with its interest and the amount withheld.
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

  /// The late days of a payment. A correction is as late as the payment it corrects: later changes are not the fault of
  /// the first payment, and a claim that was denied at first is owed no interest when it is paid on appeal (Claims
  /// Processing Manual, chapter 1, section 80.2.2.1).
  private func lateDays(of request: PaymentRequest) -> DateRange? {
    let before = request.priorClaims.flatMap { corrected[$0] ?? [] }.filter { $0.state == .reversed }
    guard before.isEmpty else { return before.compactMap(\.late).max { $0.last < $1.last } }
    guard request.decision.planPaid > .zero else { return nil }
    return request.promptPay?.lateDays(received: request.claim.receivedOn, paid: today)
  }
}

extension PayeeBalance {
  /// The amount that a payment recovers from its payee.
  init(recoveredBy payment: PaymentRow) {
    self.init(payee: payment.payee.reference, owed: payment.withheld)
  }
}

/// The ledger postings of a payment: the amount owed to the provider and interest for late payment, paid in cash or
/// offset by what the provider owed.
package struct PaymentPostings {
  package let all: [LedgerPosting]

  package init(_ payment: PaymentRow) {
    self.init(
      amount: payment.amount, interest: payment.interest, withheld: payment.withheld, of: payment.claimID,
      key: payment.effectKey, party: payment.payee.reference)
  }

  package init(_ response: PaymentResponse, of claimID: ClaimIntakeID, key: KeyText) {
    self.init(
      amount: response.amount, interest: response.interest ?? .zero, withheld: response.withheld ?? .zero, of: claimID,
      key: key, party: response.payee.reference)
  }

  private init(
    amount: Money, interest: Money, withheld: Money, of claimID: ClaimIntakeID, key: KeyText, party: String
  ) {
    all = [
      LedgerPosting(
        effectKey: key, number: 1, debit: .claimsPayable, credit: .cash, amount: amount, claimID: claimID, party: party),
      LedgerPosting(
        effectKey: key, number: 2, debit: .claimsPayable, credit: .providerReceivable, amount: withheld,
        claimID: claimID, party: party),
      LedgerPosting(
        effectKey: key, number: 3, debit: .interestExpense, credit: .claimsPayable, amount: interest, claimID: claimID,
        party: party),
    ].compactMap(\.self)
  }
}
