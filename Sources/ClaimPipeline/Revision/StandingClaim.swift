package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// A claim that counts now: it is finished, and no other claim has replaced it.
package struct StandingClaim: Sendable {
  package let row: ClaimRow
  package let submitted: SubmittedClaim
  package let response: AdjudicationResponse
  /// What a claim that was decided and is not paid waits for; nil for any other claim.
  package let unpaid: UnpaidClaim?

  package var decision: Decision? {
    guard case .decided(let decision) = response.verdict else { return nil }
    return decision
  }

  /// Why the claim is suspended; nil if it was decided.
  package var suspense: Suspense? {
    guard case .suspended(let suspense) = response.verdict else { return nil }
    return suspense
  }

  /// Finds the claim that counts now for a named claim, however often that claim was replaced.
  ///
  /// - Parameter name: our ID, or the provider's number if only one claim has it.
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package init(named name: String, in transaction: ClaimTransaction) throws {
    let named = try transaction.claims(named: name)
    // All revisions of a claim have its number, and only one of them is not replaced.
    let standing = named.filter { $0.status != .replaced }
    guard var row = named.first(where: { $0.id.text == name }) ?? standing.first else {
      throw RevisionRefusal.unknown(name)
    }
    guard row.id.text == name || standing.count == 1 else { throw RevisionRefusal.ambiguous(name, standing.map(\.id)) }
    while row.status == .replaced { row = try Self.successor(of: row, in: transaction) }
    try self.init(row, in: transaction)
  }

  /// - Throws: `RevisionRefusal` for a claim that is not at its end.
  package init(_ row: ClaimRow, in transaction: ClaimTransaction) throws {
    guard row.status.isTerminal, row.keys.audit != nil, let key = row.keys.adjudication else {
      throw RevisionRefusal.underWay(row.id)
    }
    unpaid = try UnpaidClaim.of([row], in: transaction)[row.id]
    // Nothing is to be taken back of a claim that waits for its payee. It is paid as it is, or decided otherwise.
    if row.status == .suspended, row.amounts != nil, unpaid == nil || unpaid == .refused {
      throw RevisionRefusal.unpaid(row.id)
    }
    guard let body = try transaction.bodies(of: [row.id])[row.id],
      let stored = try transaction.records(for: [key])[key]?.response
    else { throw StoreFailure.corrupt("the text or the decision of claim \(row.id) is gone") }
    self.row = row
    submitted = try SubmittedClaim(body: body, of: row.id)
    response = try StoredDocument.read(
      AdjudicationResponse.self, from: stored.bytes, "the decision of claim \(row.id)")
  }

  /// Returns the claim that has replaced one.
  ///
  /// - Throws: `StoreFailure`.
  package static func successor(of row: ClaimRow, in transaction: ClaimTransaction) throws -> ClaimRow {
    let key = ReversalKey(claimID: row.id).text
    let gone = StoreFailure.corrupt("what replaced claim \(row.id) is gone")
    guard let stored = try transaction.records(for: [key])[key]?.response else { throw gone }
    let reversal = try StoredDocument.read(
      ReversalResponse.self, from: stored.bytes, "the reversal of claim \(row.id)")
    guard let next = try transaction.claims([reversal.replacedBy])[reversal.replacedBy] else { throw gone }
    return next
  }

  /// The claim that replaces this one. What persons have decided earlier remains in effect: waivers, prices, other payers,
  /// and a denial, which only an appeal sets aside.
  ///
  /// - Throws: `RevisionRefusal.released` for a claim whose payment was released and is still to be made; `EncodingError`.
  package func revised(
    for cause: ClaimRevision.Cause, by ruleset: RulesetID, waiving waivers: [Waiver] = [], denial: ChosenDenial? = nil,
    prices: [ChosenPrice] = [], otherPayers: [EnteredPayer] = [], turn: PayerSequence? = nil, document: String? = nil,
    prior: ClaimIntakeID? = nil, compared: Set<ClaimIntakeID>? = nil
  ) throws -> SubmittedClaim {
    if unpaid == .released { throw RevisionRefusal.released(row.id) }
    let before = submitted.revision
    let allPrices = (before?.prices ?? []).filter { old in !prices.contains { $0.line == old.line } } + prices
    let allPayers =
      (before?.otherPayers ?? []).filter { old in !otherPayers.contains { $0.id == old.id } } + otherPayers
    let denial = denial ?? (cause == .appeal ? nil : before?.denial)
    var waived = (before?.waived ?? []) + waivers
    let allCompared = compared.map { $0.union(before?.compared ?? []) } ?? before?.compared.map(Set.init)
    var alsoReplaces: [ClaimIntakeID] = []
    switch response.verdict {
    // The claim named by the provider was handled when this claim was decided.
    case .decided: if submitted.namedPriorClaim != nil { waived.append(.priorClaim) }
    case .suspended:
      switch cause {
      case .denial:
        // The claim that this one was meant to replace remains in effect.
        waived.append(.priorClaim)
      case .release, .rules, .coverage, .accumulators, .appeal, .price, .otherPayer, .document:
        alsoReplaces = submitted.revision.map { [$0.replaces] + $0.alsoReplaces } ?? []
      }
    }
    return try submitted.entering(otherPayers, turn: turn).revised(
      ClaimRevision(
        replaces: row.id, alsoReplaces: alsoReplaces, cause: cause, ruleset: ruleset, waived: waived, denial: denial,
        prices: allPrices.isEmpty ? nil : allPrices, otherPayers: allPayers.isEmpty ? nil : allPayers,
        turn: turn ?? before?.turn, document: document ?? before?.document, prior: prior ?? before?.prior,
        compared: allCompared))
  }
}

extension SubmittedClaim {
  /// A new claim with its own digest, derived from this one and the revision.
  ///
  /// - Throws: `EncodingError`.
  package func revised(_ revision: ClaimRevision) throws -> SubmittedClaim {
    struct Content: Encodable {
      var digest: String
      var revision: ClaimRevision
    }
    var claim = self
    claim.revision = revision
    claim.digest = ContentDigest.sha256(
      try CanonicalJSON.bytes(of: Content(digest: digest, revision: revision)))
    return claim
  }
}

/// Why a claim is not decided again.
package enum RevisionRefusal: Error, Hashable, CustomStringConvertible {
  case unknown(String)
  /// Several claims have the provider's number.
  case ambiguous(String, [ClaimIntakeID])
  case underWay(ClaimIntakeID)
  /// The claim was decided but its payment was refused: there is nothing to reverse yet.
  case unpaid(ClaimIntakeID)
  /// The payment was released, and is still to be made.
  case released(ClaimIntakeID)
  case notSuspended(ClaimIntakeID)
  /// Another claim has replaced the one that a person was shown.
  case changed(ClaimIntakeID, by: ClaimIntakeID)
  /// The claim's payee is on hold: nothing is paid to it.
  case payeeOnHold(ClaimIntakeID)
  /// The claim waits for something other than what was given.
  case otherRemedy(ClaimIntakeID, SuspenseReason)
  case noSuchLine(ClaimIntakeID, Int)
  /// The rules price or deny the line, so no price may be set.
  case noPriceWanted(ClaimIntakeID, Int)
  /// Other claims arrived after it began to wait. A person has to compare it with them too.
  case moreToCompare(ClaimIntakeID, [ClaimIntakeID])
  /// Something was given that the claim does not wait for.
  case notAsked(ClaimIntakeID, String)
  /// The claim was received under rules other than the sample rules, and no rules were given.
  case otherRules(ClaimIntakeID, RulesetID, atHand: RulesetID)
  /// The amounts that a payer is said to have paid and left exceed the claim's charge.
  case aboveCharge(ClaimIntakeID, Money)
  /// The code of a denial is not on the list of codes in use.
  case codeNotInUse(String)
  /// The code of a denial requires a remark code.
  case remarkWanted(String)
  /// The code describes part of a payment, not a denial.
  case noDenial(String)
  /// The current rules would suspend the claim.
  /// - Parameter hint: how to give what the claim asks for on the command line.
  case undecidable(ClaimIntakeID, String, hint: String = "")

  /// What is the matter, and what to do about it on the command line.
  package var description: String {
    guard let advice else { return why }
    return "\(why)\(advice)"
  }

  /// The reason, without advice that applies only to the command line.
  package var why: String {
    switch self {
    case .unknown(let name):
      "there is no claim \(name.prefix(80)); upper and lower case differ, and a rejected claim is not kept"
    case .ambiguous(let name, let ids):
      "\(ids.count) claims came under the number \(name.prefix(80)); name one of them: "
        + ids.prefix(5).map(\.text).joined(separator: ", ")
    case .underWay(let id): "claim \(id) is not at its end"
    case .unpaid(let id): "the payment of claim \(id) was refused; release its key first"
    case .released(let id):
      "the payment of claim \(id) was released and is still to be made; release the claim to make it"
    case .payeeOnHold(let id):
      "the payee of claim \(id) is on hold, and nothing is paid to it; lift the hold first, or deny the claim"
    case .undecidable(let id, let why, _): "by these rules claim \(id) would wait for a person: \(why)"
    case .otherRemedy(let id, let reason): "claim \(id) waits for something else: \(reason.text)"
    case .noSuchLine(let id, let line): "claim \(id) has no line \(line)"
    case .noPriceWanted(let id, let line):
      "line \(line) of claim \(id) has its price by the rules, or is denied by them"
    case .moreToCompare(let id, let others):
      "claim \(id) has to be compared with \(others.map(\.text).joined(separator: ", ")) too, which came after it began "
        + "to wait: compare them, and name each"
    case .notAsked(let id, let what): "claim \(id) does not ask for this: \(what)"
    case .otherRules(let id, let own, let atHand):
      "claim \(id) came in under the rules \(own), and the samples in the program are \(atHand)"
    case .aboveCharge(let id, let charge):
      "claim \(id) was charged \(charge): a payer has not paid and left more than that"
    case .codeNotInUse(let code): "\(code) is not on the imported list of codes in use"
    case .remarkWanted(let code): "\(code) wants a remark code beside it, for instance M76"
    case .noDenial(let code): "\(code) tells of a part of a payment, and denies nothing"
    case .notSuspended(let id): "claim \(id) does not wait for a person"
    case .changed(let id, let other): "claim \(id) has changed since it was shown: \(other) has replaced it"
    }
  }

  /// What to do on the command line; nil for a refusal that says so itself.
  private var advice: String? {
    switch self {
    case .underWay: "; run `claims process` or `claims work`, then try again"
    case .unpaid(let id), .otherRemedy(let id, _): ": `claims suspense show \(id)`"
    case .released(let id): ": `claims suspense release \(id)`"
    case .payeeOnHold: ": `claims hold --list`; nothing was done"
    case .undecidable(_, _, let hint): "\(hint); nothing was done"
    case .noPriceWanted(let id, _): "; see `claims suspense show \(id)`"
    case .moreToCompare: " with `--also CLM-…`; nothing was done"
    case .notAsked, .changed: "; nothing was done"
    case .otherRules: ": name the plans with --plans; nothing was done"
    case .codeNotInUse: "; see docs/adjudication.md"
    case .remarkWanted: ": give --remark"
    case .notSuspended: ": see `claims suspense list`"
    case .unknown, .ambiguous, .noSuchLine, .aboveCharge, .noDenial: nil
    }
  }
}
