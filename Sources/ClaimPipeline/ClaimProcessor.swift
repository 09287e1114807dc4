package import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Runs the story for batches, and sees to it that one bad claim does not spoil a batch and that a claim another
/// worker is at is waited for.
package struct ClaimProcessor<Store: ClaimStore>: Sendable {
  let store: Store
  private(set) var story: ProcessClaim<Store>
  /// How long to wait for claims another worker is at.
  private let patience: Duration
  private let partners: PartnerProfiles

  package init(
    store: Store, runner: DurableRunner, bank: any PaymentBank, ruleset: Ruleset, settings: Settings = Settings()
  ) {
    self.store = store
    story = ProcessClaim(
      store: store,
      intake: IntakeAgent(
        runner: runner, ruleset: ruleset.id, receivedOn: settings.receivedOn, partners: settings.partners),
      eligibility: EligibilityAgent(runner: runner, enrollment: settings.enrollment),
      adjudication: AdjudicationAgent(runner: runner, ruleset: ruleset),
      reversal: ReversalAgent(runner: runner),
      payment: PaymentAgent(runner: runner, bank: bank, link: settings.link),
      audit: AuditAgent(runner: runner),
      compensation: VoidAgent(runner: runner, store: store, bank: bank))
    partners = settings.partners
    patience = settings.patience ?? runner.leaseDuration * 3
  }

  package struct Settings: Sendable {
    /// The day of receipt; nil for today by the database's clock (UTC).
    package var receivedOn: CalendarDate?
    /// The plan members nobody knows are enrolled in; nil leaves them unknown.
    package var enrollment: PlanID?
    /// How long to wait for claims another worker is at; nil for three leases.
    package var patience: Duration?
    /// What senders of claims have to pass.
    package var partners: PartnerProfiles
    /// The bank, to be put on record with the first intent to pay; nil where it is on record.
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

  /// The same for claims that were received on another day than today.
  package func receiving(on day: CalendarDate) -> ClaimProcessor {
    var processor = self
    processor.story.intake.receivedOn = day
    return processor
  }

  /// What a claim was taken in with all the same. Nothing of one that was sent back, or had been here before.
  package func warnings(about claim: SubmittedClaim, _ ended: EndedClaim) -> [PartnerFinding] {
    switch ended {
    case .audited(let audited): audited.isReplay ? [] : partners.warnings(in: claim)
    case .rejected, .unsettled: []
    }
  }

  /// A batch that is decided and committed to, waiting for the bank.
  package struct Decided: Sendable {
    fileprivate let claims: [Placed<SubmittedClaim>]
    fileprivate let parts: [Batch<CommittedClaim<Store.Transaction>>]
  }

  /// Takes claims to their end.
  ///
  /// - Returns: for each claim how it ended, in its place.
  /// - Throws: `StoreFailure` when the store cannot be asked; then nothing more was done.
  package func process(_ claims: [Placed<SubmittedClaim>]) async throws -> [Placed<EndedClaim>] {
    try await finish(try await decide(claims))
  }

  /// The first half, up to the commitment to pay. Batches decided one after the other see each other's accumulators,
  /// while the banks of several are asked at once.
  ///
  /// - Throws: `StoreFailure` when the store cannot be asked.
  package func decide(_ claims: [Placed<SubmittedClaim>]) async throws -> Decided {
    Decided(claims: claims, parts: try await parts(of: claims[...]))
  }

  /// Decides claims in one transaction. Where it meets an error of one claim's own, each half is decided by itself, down to
  /// the claim that stands alone with its error: a batch of 200 takes some 16 transactions more for it, and 199 claims go
  /// on.
  private func parts(
    of claims: ArraySlice<Placed<SubmittedClaim>>
  ) async throws -> [Batch<CommittedClaim<Store.Transaction>>] {
    do {
      return [try await story.decide(Array(claims))]
    } catch {
      let unsettled = try Self.unsettled(error)
      guard claims.count > 1 else {
        return claims.map { claim in Batch(stopped: claim.map { _ in .unsettled(unsettled) }) }
      }
      let middle = claims.startIndex + claims.count / 2
      return try await parts(of: claims[..<middle]) + parts(of: claims[middle...])
    }
  }

  /// The second half: the bank, the record, and another go at claims somebody else was at, or whose lease ended while
  /// they waited for the bank.
  ///
  /// - Throws: `StoreFailure` when the store cannot be asked.
  package func finish(_ decided: Decided) async throws -> [Placed<EndedClaim>] {
    var ended = try await settleAndRecord(decided)
    let giveUp = ContinuousClock.now + patience
    while ContinuousClock.now < giveUp, !Task.isCancelled {
      let waiting = Set(ended.lazy.filter(\.value.isWorthAnotherGo).map(\.place))
      guard !waiting.isEmpty else { break }
      try? await Task.sleep(for: .milliseconds(100))
      let again = try await once(decided.claims.filter { waiting.contains($0.place) })
      let answers = Answers(again.map { ($0.place, $0.value) })
      ended = ended.map { claim in claim.map { answers[claim.place] ?? $0 } }
    }
    return ended
  }

  /// Both halves without waiting for anybody.
  func once(_ claims: [Placed<SubmittedClaim>]) async throws -> [Placed<EndedClaim>] {
    try await settleAndRecord(try await decide(claims))
  }

  private func settleAndRecord(_ decided: Decided) async throws -> [Placed<EndedClaim>] {
    var ended: [Placed<EndedClaim>] = []
    for part in decided.parts { ended += try await record(await story.settle(part)) }
    return ended
  }

  /// Writes down what the bank said, halving the batch as `parts` does. Of a claim that stands alone with its error
  /// nothing is written, whatever the bank did: the next run asks the bank.
  private func record(_ claims: Batch<SettledClaim<Store.Transaction>>) async throws -> [Placed<EndedClaim>] {
    do {
      return try await story.record(claims)
    } catch {
      var unsettled = try Self.unsettled(error)
      guard let (first, second) = claims.halves else {
        unsettled.row = claims.onward.first?.claim.row
        unsettled.isPaymentUnknown = claims.onward.contains(where: \.wasAtBank)
        return claims.ended { _ in .unsettled(unsettled) }
      }
      return try await record(first) + record(second)
    }
  }

  /// What becomes of a claim that met an error of its own.
  ///
  /// - Throws: the error, where every claim would meet it.
  private static func unsettled(_ error: any Error) throws -> Unsettled {
    guard let code = FailureCode(ofOneClaim: error) else { throw error }
    return Unsettled(ActivityFailure(code, "\(error)"))
  }
}

extension EndedClaim {
  fileprivate var isWorthAnotherGo: Bool {
    guard case .unsettled(let unsettled) = self else { return false }
    return unsettled.reason.followUp == .now
  }
}

/// What became of claims that an earlier run had left behind.
package struct ResumedClaims: Sendable {
  /// How many came to their end.
  package fileprivate(set) var finished = 0
  /// Those that cannot be finished, since what the store has of them does not read.
  package fileprivate(set) var damaged: [ClaimIntakeID] = []
}

extension ClaimProcessor {
  /// Takes claims to their end that an earlier run left behind: received or decided, and never heard of again. Those
  /// another worker is still at are left to it. A damaged claim is left as it is, and does not hold up the others.
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
