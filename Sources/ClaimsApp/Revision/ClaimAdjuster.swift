import BankProtocol
package import ClaimPipeline
import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// The actions of a person on a suspended claim, independent of the store it is in.
package protocol ClaimDesk: Sendable {
  func release(_ name: String, besides: Given) async throws -> ClaimAdjustment
  func deny(_ name: String, as denial: ChosenDenial) async throws -> ClaimAdjustment
  func give(_ name: String, _ given: Given, for cause: ClaimRevision.Cause) async throws -> ClaimAdjustment
}

/// Decides claims again that were already decided, or that wait for a person.
package struct ClaimAdjuster: ClaimDesk {
  let app: ClaimsApp
  /// The person and reason that go on record.
  let signOff: SignOff
  /// Whether the rules were given by name. If not, they are the program's sample rules, which decide only claims that
  /// were taken in under them.
  private let rulesAreNamed: Bool
  /// The most money that an act of one person may move; nil for any amount.
  let limit: Money?
  /// Whether an act on a claim that another has replaced is one on the other. An act on what a person was shown is not.
  private let followsReplacements: Bool

  /// - Parameter limit: the most money that an act of one person may move. An act that moves more is proposed, and done
  ///   once another person has approved it. Nil for any amount.
  package init(
    _ app: ClaimsApp, by signOff: SignOff, rulesAreNamed: Bool, limit: Money? = nil, followsReplacements: Bool = true
  ) {
    self.followsReplacements = followsReplacements
    self.app = app
    self.signOff = signOff
    self.rulesAreNamed = rulesAreNamed
    self.limit = limit
  }

  /// Decides a claim again by the current rules. Does nothing if the outcome is the same.
  ///
  /// - Parameter name: our number for the claim, or the provider's.
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func adjust(
    _ name: String, for cause: ClaimRevision.Cause, waiving waivers: [Waiver] = []
  ) async throws -> ClaimAdjustment {
    let act = "adjust: \(cause.rawValue)"
    // An act on what a person was shown is finished, and not taken for another person's change.
    if !followsReplacements, let begun = try await begun(name, { $0 == act }), begun.revised.waives(waivers) {
      return try await finish(begun.revised, inPlaceOf: begun.prior)
    }
    let (prior, revised, verdict) = try await considered(name, for: cause, waiving: waivers)
    if verdict.comesToTheSame(as: prior.response.verdict) {
      return ClaimAdjustment(prior: prior, priorInterest: .zero, result: nil)
    }
    return try await decide(revised, inPlaceOf: prior, act: act, waiving: waivers)
  }

  /// Returns what a claim was decided as, and what it would be decided as by the current rules. Changes nothing.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func preview(
    adjusting name: String, for cause: ClaimRevision.Cause, waiving waivers: [Waiver]
  ) async throws -> (was: AdjudicationResponse.Verdict, now: AdjudicationResponse.Verdict) {
    let (prior, _, verdict) = try await considered(name, for: cause, waiving: waivers)
    return (prior.response.verdict, verdict)
  }

  private func considered(
    _ name: String, for cause: ClaimRevision.Cause, waiving waivers: [Waiver]
  ) async throws -> (prior: StandingClaim, revised: SubmittedClaim, verdict: AdjudicationResponse.Verdict) {
    let prior = try await standing(name)
    try checkRules(of: prior)
    let revised = try prior.revised(for: cause, by: app.ruleset.id, waiving: waivers)
    return (prior, revised, try await preview(revised, of: prior))
  }

  /// Releases a suspended claim: it is decided as if the matter it waits for were in order. A claim that waits because
  /// its payee was on hold is paid as it was decided, under its own payment key.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func release(_ name: String, besides: Given = Given()) async throws -> ClaimAdjustment {
    let act = ["release"] + besides.words
    if let begun = try await begun(name, { $0 == Self.text(act) }) {
      return try await finish(begun.revised, inPlaceOf: begun.prior)
    }
    let prior = try await suspended(name)
    try checkRules(of: prior)
    if prior.unpaid != nil {
      if let word = besides.words.first { throw RevisionRefusal.notAsked(prior.row.id, word) }
      return try await pay(prior)
    }
    let given = besides.releasing(prior.suspense?.reason)
    return try await decide(prior, given, for: .release, act: act)
  }

  /// Pays a claim that was decided, and whose payee was on hold.
  func pay(_ prior: StandingClaim, approving proposal: ProposedAct? = nil) async throws -> ClaimAdjustment {
    let id = prior.row.id
    if prior.unpaid != .released, proposal == nil, let proposed = try await proposed("release", nil, [], for: prior) {
      return ClaimAdjustment(prior: prior, priorInterest: .zero, result: nil, proposal: proposed)
    }
    guard let key = prior.row.keys.payment else { throw StoreFailure.corrupt("claim \(id) has no payment key") }
    switch try await release(key, of: prior, approving: proposal) {
    case .onHold: throw RevisionRefusal.payeeOnHold(id)
    case .replaced, .completed, .unknown: throw RevisionRefusal.notSuspended(id)
    // A key that is pending was released before, and its payment was cut short. It is made now.
    case .released, .notHeld, .endedLease: break
    }
    let ended = try await app.processor.receiving(on: prior.row.receivedOn).process([prior.submitted].placed)
    guard let ended = ended.first?.value else { throw StoreFailure.corrupt("a claim has no end") }
    return ClaimAdjustment(
      prior: prior, priorInterest: .zero,
      result: ClaimResult(source: "\(id)", kind: .claim(prior.submitted, at: "release", ended)))
  }

  /// Releases the key of a payment, with the end of the proposal to do so.
  private func release(
    _ key: KeyText, of prior: StandingClaim, approving proposal: ProposedAct?
  ) async throws -> KeyRelease.Outcome {
    do {
      return try await app.store.transaction { transaction in
        try checkPayment(of: prior, approving: proposal, in: transaction)
        let release = try KeyRelease(of: key, by: signOff).perform(in: transaction, endsLeases: false)
        // A key that was found released, and has failed again since, was not checked.
        if limit != nil, prior.unpaid == .released, case .released = release {
          throw ProposalRefusal.moreNow(prior.row.id)
        }
        if let proposal, release.leadsToPayment {
          try transaction.close(proposal, as: .approved, by: signOff)
          try transaction.write(act: Self.approval + proposal.act, of: prior.row.keys.intake, by: signOff, waiving: [])
        }
        return release
      }
    } catch is BeyondLimit {
      throw proposal == nil ? ProposalRefusal.moreNow(prior.row.id) : .changed(prior.row.id)
    }
  }

  /// Returns what a suspended claim would be decided as if it were given these items, and changes nothing.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func preview(
    _ name: String, _ given: Given, for cause: ClaimRevision.Cause
  ) async throws -> AdjudicationResponse.Verdict {
    let prior = try await suspended(name)
    try checkRules(of: prior)
    if cause == .release, prior.unpaid != nil {
      if let word = given.words.first { throw RevisionRefusal.notAsked(prior.row.id, word) }
      return prior.response.verdict
    }
    let given = cause == .release ? given.releasing(prior.suspense?.reason) : given
    try check(given, for: prior)
    let (revised, _) = try await answer(prior, with: given, for: cause)
    return try await verdict(on: revised, following: prior)
  }

  /// Gives a suspended claim what it waits for: prices of lines, decisions of other payers, documents.
  ///
  /// - Parameter cause: the cause that describes the first item given.
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func give(
    _ name: String, _ given: Given, for cause: ClaimRevision.Cause
  ) async throws -> ClaimAdjustment {
    let act = [cause.rawValue] + given.words
    if let begun = try await begun(name, { $0 == Self.text(act) }) {
      return try await finish(begun.revised, inPlaceOf: begun.prior)
    }
    let prior = try await suspended(name)
    try checkRules(of: prior)
    return try await decide(prior, given, for: cause, act: act)
  }

  /// Denies a suspended claim.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func deny(_ name: String, as denial: ChosenDenial) async throws -> ClaimAdjustment {
    let code = "\(denial.group.rawValue)-\(denial.reason)"
    guard !ReasonCode.ofPayments.contains(denial.reason) else { throw RevisionRefusal.noDenial(code) }
    guard denial.remark != nil || !ReasonCode.requiringRemark.contains(denial.reason) else {
      throw RevisionRefusal.remarkWanted(code)
    }
    let tables = app.ruleset.tables
    if let reasons = tables.reasonCodes, !reasons.contains(denial.reason) {
      throw RevisionRefusal.codeNotInUse(denial.reason)
    }
    if let remark = denial.remark, let remarks = tables.remarkCodes, !remarks.contains(remark) {
      throw RevisionRefusal.codeNotInUse(remark)
    }
    if let begun = try await begun(name, { $0 == "deny" }), begun.revised.revision?.denial == denial {
      return try await finish(begun.revised, inPlaceOf: begun.prior)
    }
    let prior = try await suspended(name)
    let revised = try prior.revised(for: .denial, by: app.ruleset.id, denial: denial)
    _ = try await preview(revised, of: prior)
    return try await decide(revised, inPlaceOf: prior, act: "deny", waiving: [])
  }

  private func decide(
    _ prior: StandingClaim, _ given: Given, for cause: ClaimRevision.Cause, act words: [String]
  ) async throws -> ClaimAdjustment {
    try check(given, for: prior)
    let (revised, waived) = try await answer(prior, with: given, for: cause)
    return try await decide(revised, inPlaceOf: prior, act: Self.text(words), waiving: waived)
  }

  /// - Throws: `RevisionRefusal` for items that cannot apply to this claim.
  private func check(_ given: Given, for prior: StandingClaim) throws {
    let (id, claim) = (prior.row.id, prior.submitted)
    for price in given.prices where !claim.lines.contains(where: { $0.number == price.line }) {
      throw RevisionRefusal.noSuchLine(id, price.line)
    }
    for payer in given.payers {
      if let result = payer.result, try result.paid + result.patientOwes > claim.charge {
        throw RevisionRefusal.aboveCharge(id, claim.charge)
      }
      guard payer.id != claim.payer.id else {
        throw RevisionRefusal.undecidable(id, "\(payer.id) is the payer of this claim, and no other")
      }
      let told = claim.otherPayers?.first { $0.id == payer.id }?.paid ?? .zero
      guard payer.result != nil || told == .zero else {
        throw RevisionRefusal.undecidable(id, "the claim says that \(payer.id) has paid: say what, and what it left")
      }
    }
  }

  /// Returns the claim with the items it asks for, added one after another until it can be decided.
  ///
  /// - Throws: `RevisionRefusal` when the claim asks for an item that was not given, or was given an item it does not
  ///   ask for.
  private func answer(
    _ prior: StandingClaim, with given: Given, for cause: ClaimRevision.Cause
  ) async throws -> (revised: SubmittedClaim, waived: [Waiver]) {
    var (left, taken, waived) = (given, Given(), [] as [Waiver])
    left.compared = []
    // A person has looked at what the claim waits for, and at what they name. A claim that came since is another matter.
    var compared = given.compared
    if let suspense = prior.suspense, suspense.reason.isComparison { compared.formUnion(suspense.otherClaims) }
    var others: Set<ClaimIntakeID> = []
    while true {
      let revised = try prior.revised(
        for: cause, by: app.ruleset.id, waiving: waived, prices: taken.prices, otherPayers: taken.payers,
        turn: taken.turn, document: taken.documents.isEmpty ? nil : taken.documents.joined(separator: "; "),
        prior: taken.prior, compared: waived.contains(where: \.isComparison) ? compared : nil)
      if case .suspended(let suspense) = try await verdict(on: revised, following: prior) {
        others.formUnion(suspense.otherClaims)
        if left.give(to: suspense, &taken, &waived) {
          let isNamedOutright = suspense.reason.isComparison && suspense.reason != prior.suspense?.reason
          if isNamedOutright { compared.formUnion(suspense.otherClaims) }
          continue
        }
        if suspense.reason.isComparison, waived.contains(.wait(suspense.reason)) {
          throw RevisionRefusal.moreToCompare(prior.row.id, suspense.otherClaims)
        }
        guard !taken.isEmpty || left.isEmpty else {
          throw RevisionRefusal.otherRemedy(prior.row.id, suspense.reason)
        }
        throw RevisionRefusal.undecidable(prior.row.id, suspense.text, hint: suspense.reason.besides(taken))
      }
      // The problem that suspended the claim may have been resolved by now.
      if cause == .release { left.released.removeAll { $0 == prior.suspense?.reason } }
      if let price = left.prices.first { throw RevisionRefusal.noPriceWanted(prior.row.id, price.line) }
      if let claim = given.compared.subtracting(others).min() {
        throw RevisionRefusal.notAsked(prior.row.id, "compared with \(claim)")
      }
      if let word = left.words.first { throw RevisionRefusal.notAsked(prior.row.id, word) }
      return (revised, waived)
    }
  }

  /// - Throws: `RevisionRefusal.otherRules` if the claim was taken in under other rules and none were given by name.
  func checkRules(of prior: StandingClaim) throws {
    guard rulesAreNamed || prior.row.ruleset == app.ruleset.id else {
      throw RevisionRefusal.otherRules(prior.row.id, prior.row.ruleset, atHand: app.ruleset.id)
    }
  }

  /// Returns what a claim would be decided as.
  ///
  /// - Throws: `RevisionRefusal.undecidable` when the claim would wait for a person.
  private func preview(
    _ revised: SubmittedClaim, of prior: StandingClaim
  ) async throws -> AdjudicationResponse.Verdict {
    let verdict = try await verdict(on: revised, following: prior)
    if case .suspended(let suspense) = verdict {
      throw RevisionRefusal.undecidable(prior.row.id, suspense.text, hint: suspense.reason.hintForAdjustment)
    }
    return verdict
  }

  func verdict(
    on revised: SubmittedClaim, following prior: StandingClaim
  ) async throws -> AdjudicationResponse.Verdict {
    switch try await app.processor.receiving(on: prior.row.receivedOn).preview([revised].placed).first?.value {
    case .verdict(let response): return response.verdict
    case .undecided(let why): throw RevisionRefusal.undecidable(prior.row.id, why)
    case nil: throw RevisionRefusal.underWay(prior.row.id)
    }
  }

  private func standing(_ name: String) async throws -> StandingClaim {
    let prior = try await app.store.read { try StandingClaim(named: name, in: $0) }
    guard followsReplacements || prior.row.id.text == name else {
      throw RevisionRefusal.changed(ClaimIntakeID(name), by: prior.row.id)
    }
    return prior
  }

  private func suspended(_ name: String) async throws -> StandingClaim {
    let prior = try await standing(name)
    guard prior.row.status == .suspended else { throw RevisionRefusal.notSuspended(prior.row.id) }
    return prior
  }
}

extension SuspenseReason {
  /// A hint on how to let an adjustment go on over this reason; empty if it cannot.
  fileprivate var hintForAdjustment: String {
    remedy == .release ? ": give `--waive \(code)` too where it may go on" : ""
  }

  /// A hint on how to give what this reason asks for along with what was given before.
  fileprivate func besides(_ taken: Given) -> String {
    switch remedy {
    case .release: ": give `--also \(code)` too where it may go on"
    case .price: ": give `--price LINE=AMOUNT` too"
    case .document: ": give `--document` too"
    case .otherPayer:
      taken.payers.isEmpty && taken.turn == nil
        ? ": give `--other-payer ID,TURN,PAID,LEFT` too"
        : ", also with what was said of other payers; `claims suspense show` has them"
    case .priorClaim: ": give `--replaces CLM-…` too"
    case .sendAgain where isAboutPriorClaim && taken.prior != nil: ": check the number that --replaces names"
    case .sendAgain where isAboutPriorClaim: ": give `--also \(code)` too where it may be left alone"
    case .rules, .sendAgain: ""
    }
  }
}

extension Waiver {
  fileprivate var isComparison: Bool {
    if case .wait(let reason) = self { reason.isComparison } else { false }
  }
}

extension SubmittedClaim {
  /// Whether the claim was decided with these waivers, and perhaps with earlier ones.
  fileprivate func waives(_ waivers: [Waiver]) -> Bool { Set(waivers).isSubset(of: revision?.waived ?? []) }
}
