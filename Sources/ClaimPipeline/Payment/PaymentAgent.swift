import ClaimsDomain
package import DurableExecution

/// An adjudicated claim whose payment is committed to, or needs none. Only payment makes one.
package struct CommittedClaim<Transaction: ClaimTransaction>: Sendable {
  let claim: AdjudicatedClaim
  let road: Road

  enum Road: Sendable {
    /// The bank has to be told.
    case bank(OwnedIntent<PaymentActivity<Transaction>>)
    /// There is an answer: closed without money, or paid before.
    case answered(ActivityOutcome<PaymentResponse>)
    /// A person looks first: nothing is paid.
    case suspended
  }

  fileprivate init(_ claim: AdjudicatedClaim, _ road: Road) {
    self.claim = claim
    self.road = road
  }
}

/// A committed claim the bank has answered for, or that needed no bank. Only payment makes one.
package struct SettledClaim<Transaction: ClaimTransaction>: Sendable {
  let claim: AdjudicatedClaim
  let result: Result

  enum Result: Sendable {
    case bank(SettledIntent<PaymentActivity<Transaction>>)
    case answered(ActivityOutcome<PaymentResponse>)
    case suspended
  }

  fileprivate init(_ claim: AdjudicatedClaim, _ result: Result) {
    self.claim = claim
    self.result = result
  }
}

/// A claim whose payment is on record. Only payment makes one.
package struct ClosedClaim: Sendable {
  package let claim: AdjudicatedClaim
  package let row: ClaimRow
  package let payment: Payment
  let lineage: Lineage

  package enum Payment: Sendable {
    /// Paid or denied; the EOB is posted.
    case closed(PaymentResponse, StoredResponse)
    /// The bank or the books refused: a person looks.
    case refused(ActivityFailure)
    /// The claim was suspended before anything was due.
    case notDue
  }

  fileprivate init(claim: AdjudicatedClaim, row: ClaimRow, payment: Payment, lineage: Lineage) {
    self.claim = claim
    self.row = row
    self.payment = payment
    self.lineage = lineage
  }
}

/// Pays providers and closes claims.
package struct PaymentAgent<Transaction: ClaimTransaction>: Sendable {
  let runner: DurableRunner
  private let payment: PaymentActivity<Transaction>
  private let closing = ClosingActivity<Transaction>()

  init(runner: DurableRunner, bank: any PaymentBank) {
    self.runner = runner
    payment = PaymentActivity(bank: bank)
  }

  /// Commits to pay what is due, and closes what owes nothing.
  func commit(
    _ claims: [AdjudicatedClaim], in transaction: Transaction
  ) throws -> [Step<CommittedClaim<Transaction>>] {
    let calls = try calls(for: claims, in: transaction)
    let due = calls.compactMap(\.self).filter { $0.request.amount > .zero }
    let nothingDue = calls.compactMap(\.self).filter { $0.request.amount == .zero }
    var intents = try runner.intend(payment, due, in: transaction)[...]
    var closings = try runner.run(closing, nothingDue, in: transaction)[...]
    return zip(claims, calls).map { claim, call in
      guard let call else { return .onward(CommittedClaim(claim, .suspended)) }
      if call.request.amount == .zero {
        return .onward(CommittedClaim(claim, .answered(closings.removeFirst())))
      }
      switch intents.removeFirst() {
      case .owned(let intent): return .onward(CommittedClaim(claim, .bank(intent)))
      case .answered(let outcome): return .onward(CommittedClaim(claim, .answered(outcome)))
      }
    }
  }

  /// Tells the bank, outside any transaction.
  func settle(
    _ claims: [CommittedClaim<Transaction>], keepingLeasesIn store: some DurableStore<Transaction>
  ) async -> [Step<SettledClaim<Transaction>>] {
    let intents = claims.compactMap { if case .bank(let intent) = $0.road { intent } else { nil } }
    var settled = await runner.settle(payment, intents, keepingLeasesIn: store)[...]
    return claims.map { claim in
      switch claim.road {
      case .bank: .onward(SettledClaim(claim.claim, .bank(settled.removeFirst())))
      case .answered(let outcome): .onward(SettledClaim(claim.claim, .answered(outcome)))
      case .suspended: .onward(SettledClaim(claim.claim, .suspended))
      }
    }
  }

  /// Writes down what the bank said, and what follows from it.
  func record(_ claims: [SettledClaim<Transaction>], in transaction: Transaction) throws -> [Step<ClosedClaim>] {
    let settled = claims.compactMap { if case .bank(let intent) = $0.result { intent } else { nil } }
    var recorded = try runner.record(payment, settled, in: transaction)[...]
    let rows = try transaction.claims(claims.map(\.claim.row.id))
    return try claims.map { settled in
      let claim = settled.claim
      guard let row = rows[claim.row.id] else { throw StoreFailure.corrupt("claim \(claim.row.id) is gone") }
      switch settled.result {
      case .suspended:
        return .onward(ClosedClaim(claim: claim, row: row, payment: .notDue, lineage: claim.lineage))
      case .answered(let outcome):
        return step(claim, row, outcome, unclear: nil)
      case .bank(let intent):
        let unclear: ActivityFailure? = if case .unclear(let failure) = intent.result { failure } else { nil }
        return step(claim, row, recorded.removeFirst(), unclear: unclear)
      }
    }
  }

  private func step(
    _ claim: AdjudicatedClaim, _ row: ClaimRow, _ outcome: ActivityOutcome<PaymentResponse>, unclear: ActivityFailure?
  ) -> Step<ClosedClaim> {
    switch outcome {
    case .completed(let done):
      .onward(
        ClosedClaim(claim: claim, row: row, payment: .closed(done.response, done.stored), lineage: done.lineage))
    case .failed(let failure, _):
      .onward(ClosedClaim(claim: claim, row: row, payment: .refused(failure), lineage: claim.lineage))
    case .inProgress(let until):
      .ended(
        .unsettled(
          unclear.map { Unsettled($0, row: row, isPaymentUnknown: true) } ?? .inProgress(until: until, row: row)))
    case .mismatch(let key):
      .ended(.unsettled(.mismatch(key, row: row)))
    }
  }

  /// Nil for a suspended claim, which has nothing to pay.
  private func calls(
    for claims: [AdjudicatedClaim], in transaction: Transaction
  ) throws -> [ActivityCall<PaymentRequest>?] {
    let requests = claims.map { Self.request(for: $0) }
    var terms = try PaymentTerms(
      for: zip(requests, claims).compactMap { request, claim in request.map { ($0, claim.isReplay) } }, in: transaction)
    return try zip(requests, claims).map { request, claim in
      try request.map { ActivityCall(try terms.settle($0), below: claim.lineage) }
    }
  }

  private static func request(for claim: AdjudicatedClaim) -> PaymentRequest? {
    guard case .decided(let decision) = claim.response.verdict else { return nil }
    let provider = claim.received.submitted.billingProvider
    return PaymentRequest(
      claim: claim.row, payee: Payee(reference: provider.reference, name: provider.name),
      decision: DecidedAmounts(
        allowed: decision.allowed, memberResponsibility: decision.memberResponsibility, planPaid: decision.paid),
      outcome: decision.isDenied ? .denied : .paid, promptPay: claim.response.promptPay,
      priorClaims: claim.received.submitted.priorClaims)
  }
}
