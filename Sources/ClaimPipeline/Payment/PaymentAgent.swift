import BankProtocol
package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// An adjudicated claim whose payment is committed to or that needs none. Only payment creates one.
package final class CommittedClaim<Transaction: PayingRecords>: Sendable {
  let claim: AdjudicatedClaim
  let path: PaymentPath

  enum PaymentPath: Sendable {
    /// The bank has to be instructed.
    case bank(OwnedIntent<PaymentActivity<Transaction>>)
    /// The outcome is known: the claim is closed without money, or was paid before.
    case answered(ActivityOutcome<PaymentResponse>)
    /// A person reviews the claim first: nothing is paid.
    case suspended
  }

  fileprivate init(_ claim: AdjudicatedClaim, _ path: PaymentPath) {
    self.claim = claim
    self.path = path
  }
}

/// A committed claim that the bank has answered, or that needed no bank. Only payment creates one.
package final class SettledClaim<Transaction: PayingRecords>: Sendable {
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

extension SettledClaim: ClaimPhase {
  /// The bank may have paid the claim. The next run asks it.
  package func unsettled(_ failure: ActivityFailure) -> Unsettled {
    let wasAtBank = if case .bank = result { true } else { false }
    return Unsettled(failure, row: claim.row, isPaymentUnknown: wasAtBank)
  }
}

extension SettledClaim {
  /// The status that the claim is going to have, unless the books refuse its payment or its outcome stays unknown.
  var likelyStatus: ClaimStatus {
    switch result {
    case .bank, .answered(.failed), .answered(.inProgress), .answered(.mismatch): .paid
    case .answered(.completed(let done)): done.response.status
    case .suspended: .suspended
    }
  }
}

extension CommittedClaim: ClaimPhase {
  package func unsettled(_ failure: ActivityFailure) -> Unsettled { Unsettled(failure, row: claim.row) }
}

/// A claim whose payment is on record. Only payment creates one.
package final class ClosedClaim: Sendable {
  package let claim: AdjudicatedClaim
  package let row: ClaimRow
  package let payment: Payment
  let lineage: Lineage

  package enum Payment: Sendable {
    /// The claim is paid or denied, and the EOB is posted.
    case closed(PaymentResponse, StoredResponse)
    /// The bank or the books refused the payment: a person reviews it.
    case refused(ActivityFailure)
    /// The claim was suspended before any amount was due.
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
package struct PaymentAgent<Transaction: PayingRecords>: RemoteStage {
  let runner: DurableRunner
  private let payment: PaymentActivity<Transaction>
  private let closing = ClosingActivity<Transaction>()
  private let adoption = AdoptionActivity<Transaction>()
  private let holding = HoldActivity<Transaction>()

  /// - Parameter link: the bank to record with the first intent; nil if it is already on record.
  init(runner: DurableRunner, bank: any PaymentBank, link: BankLink?) {
    self.runner = runner
    payment = PaymentActivity(bank: bank, link: link)
  }

  /// Commits to pay what is due, closes claims that owe nothing, adopts payments that the bank has already made, and
  /// suspends the claims of payees on hold.
  package func commit(
    _ claims: [Placed<AdjudicatedClaim>], in transaction: Transaction
  ) throws -> [Placed<Step<CommittedClaim<Transaction>>>] {
    let payments = try DuePayments(for: claims, in: transaction)
    let adopted = try runner.run(adoption, for: payments.made, in: transaction) { item, found in
      ActivityCall(.init(payment: item.request, found: found), below: item.claim.value.lineage)
    }
    var committed = payments.suspended.map { Self.committed($0, .suspended) }
    for (item, intent) in try runner.intend(payment, for: payments.due, in: transaction, call: \.call) {
      switch intent {
      case .owned(let intent): committed.append(Self.committed(item.claim, .bank(intent)))
      case .answered(let outcome): committed.append(Self.committed(item.claim, .answered(outcome)))
      }
    }
    let closed = try runner.run(closing, for: payments.nothingDue, in: transaction, call: \.call)
    let held = try runner.run(holding, for: payments.onHold, in: transaction, call: \.call)
    for (item, outcome) in closed + held { committed.append(Self.committed(item.claim, .answered(outcome))) }
    for (adopted, outcome) in adopted { committed.append(Self.committed(adopted.item.claim, .answered(outcome))) }
    return committed
  }

  private static func committed(
    _ claim: Placed<AdjudicatedClaim>, _ path: CommittedClaim<Transaction>.PaymentPath
  ) -> Placed<Step<CommittedClaim<Transaction>>> {
    claim.map { .onward(CommittedClaim($0, path)) }
  }

  /// Sends the payments to the bank, outside any transaction.
  package func send(
    _ claims: [Placed<CommittedClaim<Transaction>>], keepingLeasesIn store: some DurableStore<Transaction>
  ) async -> [Placed<Step<SettledClaim<Transaction>>>] {
    let intents = claims.map(\.value).compactMap { if case .bank(let intent) = $0.path { intent } else { nil } }
    let settled = await runner.settle(payment, intents, keepingLeasesIn: store)
    let byKey = Dictionary(uniqueKeysWithValues: settled.map { ($0.key, $0) })
    return claims.map { placed in
      placed.map { claim in
        switch claim.path {
        case .bank(let intent):
          guard let settled = byKey[intent.call.effectKey] else { return .stopped(.unsettled(.noAnswer)) }
          return .onward(SettledClaim(claim.claim, .bank(settled)))
        case .answered(let outcome): return .onward(SettledClaim(claim.claim, .answered(outcome)))
        case .suspended: return .onward(SettledClaim(claim.claim, .suspended))
        }
      }
    }
  }

  /// Records the bank's replies and their consequences.
  package func record(
    _ claims: [Placed<SettledClaim<Transaction>>], in transaction: Transaction
  ) throws -> [Placed<Step<ClosedClaim>>] {
    let settled = claims.map(\.value).compactMap { if case .bank(let intent) = $0.result { intent } else { nil } }
    let recorded = try runner.record(payment, settled, in: transaction)
    let rows = try transaction.claims(claims.map(\.value.claim.row.id))
    return try claims.map { placed in
      try placed.map { settled in
        let claim = settled.claim
        guard let row = rows[claim.row.id] else { throw StoreFailure.corrupt("claim \(claim.row.id) is gone") }
        switch settled.result {
        case .suspended:
          return .onward(ClosedClaim(claim: claim, row: row, payment: .notDue, lineage: claim.lineage))
        case .answered(let outcome):
          return step(claim, row, outcome, unclear: nil)
        case .bank(let intent):
          guard let outcome = recorded[intent.key] else { return .stopped(.unsettled(.noAnswer)) }
          let unclear: ActivityFailure? = if case .unclear(let failure) = intent.result { failure } else { nil }
          return step(claim, row, outcome, unclear: unclear)
        }
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
      .stopped(
        .unsettled(
          unclear.map { Unsettled($0, row: row, isPaymentUnknown: true) } ?? .inProgress(until: until, row: row)))
    case .mismatch(let key):
      .stopped(.unsettled(.mismatch(key, row: row)))
    }
  }
}

extension ActivityFailure {
  /// The bank has paid, but the books do not accept the payment: it has to be voided.
  static func postingRefused(closedThrough day: CalendarDate) -> ActivityFailure {
    ActivityFailure(.postingRefused, "the cash book is closed through \(day): the payment is voided")
  }

  /// The bank has already paid this claim, but not what is due now.
  static func paidOtherwise(_ found: FoundPayment) -> ActivityFailure {
    ActivityFailure(
      .paidOtherwise, "the bank has paid this claim by \(found.shown): that is not what is due; see `claims reconcile`")
  }

  /// The bank has made the payment, but it cannot be posted today.
  static func cashBookClosed(through day: CalendarDate) -> ActivityFailure {
    ActivityFailure(.cashBookClosed, "the cash book is closed through \(day): the payment is posted after that day")
  }

  /// The payment's key was released after the books had refused the payment.
  static let paymentUndone = ActivityFailure(
    .postingRefused, "the books have refused this payment: it is voided, and is not made again")
}
