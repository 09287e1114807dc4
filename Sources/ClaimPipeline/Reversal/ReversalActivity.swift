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
    let held = try heldPayees(of: Array(rows.values), in: transaction)
    let responses = try calls.map { call in
      guard let row = rows[call.request.claimID] else { throw StoreFailure.corrupt("a claim to be replaced is gone") }
      return ReversalResponse(
        claimID: row.id, replacedBy: call.request.replacedBy,
        reversed: try Self.reversed(row, payments[row.id] ?? [], held[row.id]))
    }
    try transaction.update(ids.compactMap { rows[$0]?.advanced { $0.status = .replaced } })
    let reversed = responses.compactMap(\.reversed).filter { $0.planPaid > .zero && $0.isUnpaid != true }
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

  /// The payees of the claims whose payee is on hold and whose payment was never begun. Releasing such a payment also
  /// writes the claim's row (`KeyRelease`), so if a release and a reversal run at the same time, one of them fails.
  private func heldPayees(
    of rows: [ClaimRow], in transaction: Transaction
  ) throws -> [ClaimIntakeID: Payee] {
    let held = try UnpaidClaim.of(rows, in: transaction).filter { $0.value == .held }.map(\.key)
    guard !held.isEmpty else { return [:] }
    let bodies = try transaction.bodies(of: held)
    return try bodies.reduce(into: [:]) { payees, stored in
      let provider = try SubmittedClaim(body: stored.value, of: stored.key).billingProvider
      payees[stored.key] = Payee(reference: provider.reference, name: provider.name)
    }
  }

  /// - Parameter held: the payee of a claim whose payment was never begun, because the payee was on hold.
  private static func reversed(
    _ row: ClaimRow, _ standing: [PaymentRow], _ held: Payee?
  ) throws -> ReversalResponse.Amounts? {
    guard let amounts = row.amounts else { return nil }
    if let held, standing.isEmpty {
      return ReversalResponse.Amounts(
        planPaid: amounts.planPaid, memberResponsibility: amounts.memberResponsibility, payee: held, isUnpaid: true)
    }
    guard let payment = standing.first, standing.count == 1, payment.state != .intended else {
      throw StoreFailure.stale("the payment of claim \(row.id)")
    }
    return ReversalResponse.Amounts(
      planPaid: amounts.planPaid, interest: payment.interest == .zero ? nil : payment.interest,
      memberResponsibility: amounts.memberResponsibility, payee: payment.payee)
  }
}

/// The ledger postings of a reversal: the plan's cost and the interest become owed by the payee, or are no longer owed to
/// it if nothing was paid, and the member owes nothing more.
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
        effectKey: key, number: 1, debit: reversed.isUnpaid == true ? .claimsPayable : .providerReceivable,
        credit: .claimsExpense, amount: reversed.planPaid,
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
