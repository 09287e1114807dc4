import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Reverses all effects of a decision at once: the claim's status, the year's totals, the books, and the payment, whose
/// amount the payee owes from then on. No money moves back; later payments to the payee are smaller.
///
/// The reversal commits in the transaction that decides the claim's successor, so there is no moment at which a claim
/// counts twice or not at all.
package struct ReversalActivity<Transaction: ReversalRecords>: LocalActivity {
  package typealias Key = ReversalKey
  package var agent = AgentVersion("ReversalAgent", "1.0.0")
  package let eventType = "claim-reversed"

  package struct Request: Encodable, Sendable {
    package let claimID: ClaimIntakeID
    package let replacedBy: ClaimIntakeID

    enum CodingKeys: String, CodingKey {
      case claimID = "claim_intake_id"
      case replacedBy = "replaced_by"
    }
  }

  package func key(for request: Request) -> ReversalKey { ReversalKey(claimID: request.claimID) }

  package func stream(for request: Request, key: KeyText) -> String { request.claimID.text }

  package func facts(of response: ReversalResponse) -> [String: String] {
    ["status": ClaimStatus.replaced.rawValue, "replaced_by": response.replacedBy.text]
  }

  package func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<ReversalResponse, ActivityFailure>> {
    let ids = calls.map(\.request.claimID)
    let rows = try transaction.claims(ids)
    let payments = Dictionary(
      grouping: try transaction.payments(of: ids).filter(\.state.isStanding), by: \.claimID)
    let responses = try calls.map { call in
      guard let row = rows[call.request.claimID] else { throw StoreFailure.corrupt("a claim to be replaced is gone") }
      return ReversalResponse(
        claimID: row.id, replacedBy: call.request.replacedBy,
        reversed: try Self.reversed(row, payments[row.id] ?? []))
    }
    try transaction.update(ids.compactMap { rows[$0]?.advanced { $0.status = .replaced } })
    let reversed = responses.compactMap(\.reversed).filter { $0.planPaid > .zero }
    try transaction.owe(
      try reversed.map { PayeeBalance(payee: $0.payee.reference, owed: try $0.planPaid + ($0.interest ?? .zero)) })
    try transaction.update(
      payments.values.joined().map { payment in
        var payment = payment
        payment.state = .reversed
        return payment
      })
    try transaction.post(responses.flatMap { ReversalPostings($0).all })
    try transaction.append(
      try transaction.contributions(of: ids).flatMap { claim, used in
        try used.map { scope, amount in
          AccumulatorRow(
            entry: .init(scope: scope, amount: try .zero - amount), claimID: claim,
            effectKey: ReversalKey(claimID: claim).text)
        }
      })
    return Answers(responses, id: { ReversalKey(claimID: $0.claimID).text }) { .success($0) }
  }

  private static func reversed(
    _ row: ClaimRow, _ standing: [PaymentRow]
  ) throws -> ReversalResponse.Amounts? {
    guard let amounts = row.amounts else { return nil }
    guard let payment = standing.first, standing.count == 1, payment.state != .intended else {
      throw StoreFailure.stale("the payment of claim \(row.id)")
    }
    return ReversalResponse.Amounts(
      planPaid: amounts.planPaid, interest: payment.interest == .zero ? nil : payment.interest,
      memberResponsibility: amounts.memberResponsibility, payee: payment.payee)
  }
}

/// The ledger postings of a reversal: the plan's cost and the interest become owed by the payee, and the member owes
/// nothing more.
package struct ReversalPostings {
  package let all: [LedgerPosting]

  package init(_ response: ReversalResponse) {
    guard let reversed = response.reversed else {
      all = []
      return
    }
    let key = ReversalKey(claimID: response.claimID).text
    all = [
      LedgerPosting(
        effectKey: key, number: 1, debit: .providerReceivable, credit: .claimsExpense, amount: reversed.planPaid,
        claimID: response.claimID, party: reversed.payee.reference),
      LedgerPosting(
        effectKey: key, number: 2, debit: .memberResponsibility, credit: .memberReceivable,
        amount: reversed.memberResponsibility, claimID: response.claimID, party: reversed.payee.reference),
      LedgerPosting(
        effectKey: key, number: 3, debit: .providerReceivable, credit: .interestExpense,
        amount: reversed.interest ?? .zero, claimID: response.claimID, party: reversed.payee.reference),
    ].compactMap(\.self)
  }
}
