package import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution
import Tracing

/// Processes claims in batches. One bad claim does not spoil a batch, and a claim that another worker holds is retried.
package struct ClaimProcessor: Sendable {
  let store: ClaimStore
  private(set) var chain: ProcessClaim
  /// How long to wait for claims that another worker holds.
  private let patience: Duration
  private let pacing: Pacing
  private let partners: PartnerProfiles

  package init(
    store: ClaimStore, runner: DurableRunner, bank: any PaymentBank, ruleset: Ruleset, settings: Settings = Settings()
  ) {
    self.store = store
    chain = ProcessClaim(
      store: store,
      intake: IntakeAgent(
        runner: runner, ruleset: ruleset.id, receivedOn: settings.receivedOn, partners: settings.partners),
      eligibility: EligibilityAgent(runner: runner, enrollment: settings.enrollment),
      adjudication: AdjudicationAgent(runner: runner, ruleset: ruleset),
      reversal: ReversalAgent(runner: runner),
      payment: PaymentAgent(runner: runner, bank: bank, link: settings.link),
      audit: AuditAgent(runner: runner),
      void: VoidAgent(runner: runner, bank: bank))
    partners = settings.partners
    pacing = runner.pacing
    patience = settings.patience ?? runner.leaseDuration * 3
  }

  package struct Settings: Sendable {
    /// The date of receipt; nil for today by the database's clock (UTC).
    package var receivedOn: CalendarDate?
    /// The plan in which to enroll unknown members; nil leaves them unknown.
    package var enrollment: PlanID?
    /// How long to wait for claims that another worker holds; nil for three leases.
    package var patience: Duration?
    /// The partner requirements that submitted claims have to meet.
    package var partners: PartnerProfiles
    /// The bank to record with the first intent to pay; nil if it is already on record.
    package var link: BankLink?

    package init(
      receivedOn: CalendarDate? = nil, enrollment: PlanID? = nil, patience: Duration? = nil,
      partners: PartnerProfiles = PartnerProfiles(), link: BankLink? = nil
    ) {
      self.receivedOn = receivedOn
      self.enrollment = enrollment
      self.patience = patience
      self.partners = partners
      self.link = link
    }
  }

  /// A copy of this processor for claims that were received on another day.
  package func receiving(on day: CalendarDate) -> ClaimProcessor {
    var processor = self
    processor.chain.intake.receivedOn = day
    return processor
  }

  /// A copy of this processor that moves no more money than a limit allows.
  package func limited(to limit: MoneyLimit?) -> ClaimProcessor {
    var processor = self
    processor.chain.limit = limit
    return processor
  }

  /// The warnings about a claim that was accepted. Empty for a claim that was rejected or had been processed before.
  package func warnings(about claim: SubmittedClaim, _ ended: EndedClaim) -> [PartnerFinding] {
    switch ended {
    case .audited(let audited): audited.isReplay ? [] : partners.warnings(in: claim)
    case .rejected, .unsettled: []
    }
  }

  /// A batch whose claims are decided and whose payments are committed to, waiting for the bank.
  package struct Decided: Sendable {
    fileprivate let claims: [Placed<SubmittedClaim>]
    fileprivate let parts: [Batch<ProcessClaim.Committed>]
    /// The span of the batch, from its decision to its record.
    fileprivate let span: any Span
  }

  /// Processes claims from intake to audit.
  ///
  /// - Returns: how each claim ended, with the claim's place.
  /// - Throws: `StoreFailure` when the store is unavailable; then the next run finishes what this one began, and asks the
  ///   bank first.
  package func process(_ claims: [Placed<SubmittedClaim>]) async throws -> [Placed<EndedClaim>] {
    try await finish(try await decide(claims))
  }

  /// Runs the first half, up to the commitment to pay. Batches decided one after another see each other's accumulators,
  /// and the bank can process several batches at once.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable.
  package func decide(_ claims: [Placed<SubmittedClaim>]) async throws -> Decided {
    let span = startSpan("claims")
    span.attributes["claims"] = claims.count
    do {
      let parts = try await InstrumentationContext.$current.withValue(span.context) { try await chain.decide(claims) }
      return Decided(claims: claims, parts: parts, span: span)
    } catch {
      span.recordError(error)
      span.end()
      throw error
    }
  }

  /// Runs the second half: the bank, the record, and retries for claims that another worker held or whose lease ended
  /// while they waited for the bank.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable.
  package func finish(_ decided: Decided) async throws -> [Placed<EndedClaim>] {
    defer { decided.span.end() }
    return try await InstrumentationContext.$current.withValue(decided.span.context) {
      try await settleAndWait(decided)
    }
  }

  private func settleAndWait(_ decided: Decided) async throws -> [Placed<EndedClaim>] {
    var ended = try await settleAndRecord(decided)
    let giveUp = pacing.now() + patience
    while pacing.now() < giveUp, !Task.isCancelled {
      let waiting = Set(ended.lazy.filter(\.value.isWorthRetrying).map(\.place))
      guard !waiting.isEmpty else { break }
      try? await pacing.sleep(.milliseconds(100))
      let again = try await once(decided.claims.filter { waiting.contains($0.place) })
      let answers = Answers(again.map { ($0.place, $0.value) })
      ended = ended.map { claim in claim.map { answers[claim.place] ?? $0 } }
    }
    return ended
  }

  /// Runs both halves without waiting for other workers.
  func once(_ claims: [Placed<SubmittedClaim>]) async throws -> [Placed<EndedClaim>] {
    let decided = try await decide(claims)
    defer { decided.span.end() }
    return try await InstrumentationContext.$current.withValue(decided.span.context) {
      try await settleAndRecord(decided)
    }
  }

  private func settleAndRecord(_ decided: Decided) async throws -> [Placed<EndedClaim>] {
    var ended: [Placed<EndedClaim>] = []
    for part in decided.parts { ended += try await chain.pay(part) }
    return ended
  }
}

extension EndedClaim {
  var isWorthRetrying: Bool {
    guard case .unsettled(let unsettled) = self else { return false }
    return unsettled.reason.followUp == .now
  }
}

/// The result of resuming claims that an earlier run left unfinished.
package struct ResumedClaims: Sendable {
  /// The number of claims that were finished.
  package fileprivate(set) var finished = 0
  /// The claims that cannot be finished because their stored text cannot be read.
  package fileprivate(set) var damaged: [ClaimIntakeID] = []
}

extension ClaimProcessor {
  /// Finishes claims that an earlier run left behind after they were received or decided. Claims that another worker
  /// still holds are left to it. A damaged claim is left as it is and does not hold up the others.
  ///
  /// - Throws: `StoreFailure`.
  package func resume(pageSize: Int = 200) async throws -> ResumedClaims {
    var resumed = ResumedClaims()
    var last: ClaimIntakeID?
    while true {
      let (after, limit) = (last, pageSize)
      let left = try await store.read { transaction in
        let ids = try transaction.unfinished(after: after, limit: limit)
        return (ids: ids, bodies: try transaction.bodies(of: ids))
      }
      guard let newLast = left.ids.last else { return resumed }
      last = newLast
      var claims: [SubmittedClaim] = []
      for id in left.ids {
        if let body = left.bodies[id], let claim = try? SubmittedClaim(body: body, of: id) {
          claims.append(claim)
        } else {
          resumed.damaged.append(id)
        }
      }
      let ended = try await once(claims.placed)
      resumed.finished += ended.count { if case .audited = $0.value { true } else { false } }
    }
  }
}
