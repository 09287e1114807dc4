import BankProtocol
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Acts on many claims: shown first, then confirmed by a digest of what was shown.
///
/// What a person has confirmed is put on record before the first claim is touched, so the same command again, after a kill
/// in the middle, does the rest. Each claim is an act of its own, under its own keys: one that is refused stops no other,
/// and one that was done already has nothing left to do.
package struct BulkDesk: Sendable {
  private let store: ClaimStore
  private let worker: WorkerID
  private let pacing: Pacing
  /// The desk at which claims are decided; nil where only keys and the queue are at hand.
  private let desk: (@Sendable (SignOff) -> ClaimAdjuster)?
  /// The most claims of an act.
  private let limit: Int

  private static let page = 100
  private static let lease = Duration.seconds(15)

  /// - Parameters:
  ///   - rulesAreNamed: whether the rules were given by name (`ClaimAdjuster`).
  ///   - limit: the most claims that one act may be on.
  ///   - amount: the most money that an act of one person may move on one claim; nil for any.
  package init(_ app: ClaimsApp, rulesAreNamed: Bool, limit: Int, fourEyesAbove amount: Money? = nil) {
    store = app.store
    (worker, pacing) = (app.runner.worker, app.runner.pacing)
    desk = { ClaimAdjuster(app, by: $0, rulesAreNamed: rulesAreNamed, limit: amount, followsReplacements: false) }
    self.limit = limit
  }

  /// Creates a desk for acts on keys and on the queue, which decide and pay nothing.
  package init(_ store: ClaimStore, worker: WorkerID, limit: Int) {
    (self.store, self.worker, self.limit) = (store, worker, limit)
    pacing = .system
    desk = nil
  }

  /// Finds the claims that an act would apply to. Nothing is changed.
  ///
  /// - Throws: `BulkRefusal`, `MoneyError`, `StoreFailure`.
  package func plan(_ act: BulkAct, _ filter: ClaimFilter) async throws -> BulkPlan {
    try await store.read { [limit] in try Self.plan(act, filter, limit, in: $0) }
  }

  /// Does an act that a person has confirmed, or what is left of it. Only that person finishes it: it is on record in
  /// that name. What is left of it can be shown to another, who then confirms an act of their own.
  ///
  /// - Parameters:
  ///   - digest: the digest of the plan that the person was shown.
  ///   - emit: receives each claim's outcome, as soon as it is on record.
  /// - Returns: how many claims of the whole act have each outcome.
  /// - Throws: `BulkRefusal`, `MoneyError`, `StoreFailure`, any error from `emit`.
  package func perform(
    _ act: BulkAct, _ filter: ClaimFilter, confirmed digest: String, by signOff: SignOff,
    emit: (BulkResult) async throws -> Void
  ) async throws -> [BulkOutcome: Int] {
    let locks = LockService(store: store)
    let name = "bulk:\(digest)"
    let answer = try await locks.acquire(
      name, owner: worker, lease: Self.lease, waitingUpTo: Self.lease + .seconds(5))
    guard case .held(let token, _) = answer else { throw BulkRefusal.busy }
    let heartbeat = Task {
      while !Task.isCancelled {
        try await pacing.sleep(Self.lease / 3)
        _ = try? await locks.renew(name, token: token, lease: Self.lease)
      }
    }
    defer { heartbeat.cancel() }
    do {
      try await begin(act, filter, confirmed: digest, by: signOff)
      try await finish(act, digest, by: signOff, emit: emit) {
        // A claim can take longer than the lease, and the process may have stood still.
        guard try await locks.renew(name, token: token, lease: Self.lease) == .accepted else { throw BulkRefusal.lost }
      }
    } catch {
      _ = try? await locks.release(name, token: token)
      throw error
    }
    _ = try? await locks.release(name, token: token)
    return try await store.read { try $0.outcomes(of: digest) }
  }

  /// Records the act, if it is not on record yet.
  private func begin(
    _ act: BulkAct, _ filter: ClaimFilter, confirmed digest: String, by signOff: SignOff
  ) async throws {
    try await store.transaction { [limit] transaction in
      if let begun = try transaction.bulkAct(digest) {
        guard begun.act == act.text else { throw BulkRefusal.otherAct(begun.act) }
        guard begun.isFinished || begun.person == signOff.person else { throw BulkRefusal.otherPerson(begun.person) }
        return
      }
      let plan = try Self.plan(act, filter, limit, in: transaction)
      guard plan.digest == digest else { throw BulkRefusal.changed }
      try transaction.begin(
        BulkActRow(
          digest: digest, content: plan.content, act: act.text, person: signOff.person, reason: signOff.reason),
        on: plan.subjects)
    }
  }

  /// - Parameter holdLock: renews the lock of the act, and throws once another process may have it.
  private func finish(
    _ act: BulkAct, _ digest: String, by signOff: SignOff, emit: (BulkResult) async throws -> Void,
    holdLock: () async throws -> Void
  ) async throws {
    while true {
      let subjects = try await store.read { try $0.openSubjects(of: digest, limit: Self.page) }
      if subjects.isEmpty { break }
      for subject in subjects {
        try Task.checkCancellation()
        try await holdLock()
        let end = try await perform(act, on: subject.text, by: signOff)
        try await store.transaction { try $0.conclude(subject, of: digest, as: end.outcome, end.detail) }
        try await emit(
          BulkResult(subject: subject.text, outcome: end.outcome, detail: end.detail, followUp: end.followUp))
      }
    }
    try await store.transaction { try $0.finishBulkAct(digest) }
  }

  /// Acts on one claim.
  ///
  /// - Throws: `StoreFailure` when the store is unavailable. Any refusal is an outcome.
  private func perform(_ act: BulkAct, on subject: String, by signOff: SignOff) async throws -> End {
    do {
      switch act {
      case .release, .deny, .adjust:
        guard let desk = desk?(signOff) else { return End(.refused, "there are no rules at hand to decide it by") }
        return Self.outcome(try await decide(act, on: subject, at: desk))
      case .releaseKeys:
        return Self.outcome(
          try await KeyRelease(of: KeyText(subject), by: signOff).perform(in: store, endsLeases: false))
      case .releaseDeadLetters:
        let isRevived = try await store.transaction { try $0.revive(KeyText(subject), by: signOff) }
        return isRevived ? End(.done) : End(.unchanged, "it is no longer set aside")
      }
    } catch RevisionRefusal.notSuspended {
      return End(.unchanged, "it no longer waits")
    } catch let refusal as RevisionRefusal {
      return End(.refused, refusal.why)
    } catch let refusal as ProposalRefusal {
      return End(.refused, refusal.description)
    } catch {
      guard let code = FailureCode(ofOneClaim: error), code.followUp != .later else { throw error }
      return End(.refused, "\(error)")
    }
  }

  private func decide(_ act: BulkAct, on claim: String, at desk: ClaimAdjuster) async throws -> ClaimAdjustment {
    switch act {
    case .deny(let denial): try await desk.deny(claim, as: denial)
    case .adjust(let cause, let waivers): try await desk.adjust(claim, for: cause, waiving: waivers)
    case .release, .releaseKeys, .releaseDeadLetters: try await desk.release(claim)
    }
  }

  private static func outcome(_ adjustment: ClaimAdjustment) -> End {
    if adjustment.proposal != nil { return End(.unfinished, "another person has to approve it") }
    guard let result = adjustment.result else { return End(.unchanged, "it comes to the same") }
    if let unsettled = adjustment.unsettled, let followUp = adjustment.followUp {
      return switch followUp {
      case .now, .later: End(.unfinished, "it is finished by the next run", followUp: followUp)
      case .person: End(.refused, unsettled.reason.message)
      }
    }
    guard case .claim(_, _, .audited(let claim)) = result.kind else { return End(.refused, "it was refused") }
    let row = claim.row
    return row.status == .suspended
      ? End(.unfinished, "\(row.id) waits") : End(.done, "\(row.id) \(row.status.rawValue)")
  }

  private static func outcome(_ release: KeyRelease.Outcome) -> End {
    switch release {
    case .released, .endedLease: End(.done)
    case .notHeld, .completed: End(.unchanged, "there is nothing to release")
    case .unknown: End(.refused, "there is no such key")
    case .replaced(let claim): End(.refused, "another claim has replaced \(claim)")
    case .onHold(let claim): End(.refused, RevisionRefusal.payeeOnHold(claim).why)
    }
  }

  /// What became of one claim, and why if the act is not done.
  private struct End {
    let outcome: BulkOutcome
    let detail: String?
    let followUp: FollowUp?

    init(_ outcome: BulkOutcome, _ detail: String? = nil, followUp: FollowUp? = nil) {
      (self.outcome, self.detail, self.followUp) = (outcome, detail, followUp)
    }
  }
}

/// What became of one claim in an act on many.
package struct BulkResult: Sendable {
  /// Our number of the claim, or its key.
  package let subject: String
  package let outcome: BulkOutcome
  /// What the claim is now, or why nothing was done. It names no member.
  package let detail: String?
  /// What to do about a claim that the bank, or another worker, has yet to answer for; nil for any other.
  package let followUp: FollowUp?
}

extension BulkDesk {
  /// - Throws: `BulkRefusal`, `MoneyError`, `StoreFailure`.
  private static func plan(
    _ act: BulkAct, _ filter: ClaimFilter, _ limit: Int, in transaction: ClaimTransaction
  ) throws -> BulkPlan {
    if case .releaseDeadLetters = act {
      let letters = try transaction.deadLetters(after: nil, limit: limit + 1)
      guard letters.count <= limit else { throw BulkRefusal.tooMany(limit: limit) }
      return try BulkPlan(act, on: letters, in: transaction)
    }
    var claims: [ClaimRow] = []
    for status in try statuses(of: act, filter) {
      var wanted = filter
      wanted.status = status
      let found = try transaction.claims(matching: wanted, after: nil, limit: limit + 1).rows.map(\.row)
      claims += try concerned(found, by: act, in: transaction)
      guard claims.count <= limit, found.count <= limit else { throw BulkRefusal.tooMany(limit: limit) }
    }
    return try BulkPlan(act, on: claims, in: transaction)
  }

  /// The statuses of claims that an act can be on, as far as the filter asks for them.
  ///
  /// - Throws: `BulkRefusal.otherStatus`.
  private static func statuses(of act: BulkAct, _ filter: ClaimFilter) throws(BulkRefusal) -> [ClaimStatus] {
    let possible: [ClaimStatus] = if case .adjust = act { [.paid, .denied] } else { [.suspended] }
    guard let asked = filter.status else { return possible }
    guard possible.contains(asked) else { throw .otherStatus(asked) }
    return [asked]
  }

  /// The claims that are at their end, and for keys those whose payment can be released.
  private static func concerned(
    _ claims: [ClaimRow], by act: BulkAct, in transaction: ClaimTransaction
  ) throws -> [ClaimRow] {
    let ended = claims.filter { $0.keys.audit != nil }
    guard case .releaseKeys = act else { return ended }
    let unpaid = try UnpaidClaim.of(ended, in: transaction)
    return ended.filter { unpaid[$0.id] == .held || unpaid[$0.id] == .refused }
  }
}
