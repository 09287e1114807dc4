import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Acts that move more money than one person may. One person proposes such an act, by doing it; another approves or
/// declines it. The database refuses an approval by the person who made the proposal.
extension ClaimAdjuster {
  /// Puts an act on record as a proposal if it moves more money than one person may, alone or with earlier acts on the
  /// claim. The same act again is the same proposal.
  ///
  /// - Parameter revised: the claim as it would be decided; nil where a decided claim would be paid as it is.
  /// - Returns: nil for an act that one person may do.
  func proposed(
    _ act: String, _ revised: SubmittedClaim?, _ waived: [String], for prior: StandingClaim
  ) async throws -> ProposedAct? {
    guard limit != nil else { return nil }
    let moves = try await money(movedBy: revised, from: prior)
    let isAllowed = try await app.store.read { try allows(moves, on: prior, approving: nil, in: $0) }
    if isAllowed { return nil }
    let body = try revised.map { try CanonicalJSON.bytes(of: $0) }
    return try await app.store.transaction { [signOff] transaction in
      try transaction.lockProposals(of: prior.row.id)
      if let open = try transaction.openProposal(of: prior.row.id) {
        guard open.act == act, open.body == body, open.signOff.person == signOff.person else {
          throw ProposalRefusal.alreadyOpen(prior.row.id)
        }
        return open
      }
      try transaction.write(act: "propose: \(act)", of: prior.row.keys.intake, by: signOff, waiving: [])
      return try transaction.propose(
        ProposedAct(
          claim: prior.row.id, act: act, waived: waived, body: body, moves: moves, by: signOff,
          at: try transaction.now))
    }
  }

  /// Does what another person has proposed about a claim.
  ///
  /// - Parameters:
  ///   - name: our number for the claim.
  ///   - number: the number of the proposal that the person was shown. Another one is not approved in its place.
  /// - Throws: `ProposalRefusal`, `RevisionRefusal`, `StoreFailure`.
  package func approve(_ name: String, number: Int) async throws -> ClaimAdjustment {
    if let begun = try await begun(name, { $0.hasPrefix(Self.approval) }) {
      return try await finish(begun.revised, inPlaceOf: begun.prior)
    }
    let (prior, proposal) = try await app.store.read { transaction in
      let prior = try StandingClaim(named: name, in: transaction)
      let isBegun = try prior.unpaid == .released && isApproved(prior, in: transaction)
      return (prior, isBegun ? nil : try Self.proposal(for: name, number: number, in: transaction))
    }
    // The payment was approved, and then cut short. It is made now.
    guard let proposal else { return try await pay(prior) }
    guard proposal.signOff.person != signOff.person else { throw ProposalRefusal.own(proposal.claim) }
    guard prior.row.id == proposal.claim else { throw ProposalRefusal.changed(proposal.claim) }
    try checkRules(of: prior)
    let revised = try proposal.body.map { try SubmittedClaim(body: $0, of: proposal.claim) }
    guard revised != nil || prior.unpaid != nil, try await money(movedBy: revised, from: prior) == proposal.moves else {
      throw ProposalRefusal.changed(proposal.claim)
    }
    guard let revised else { return try await pay(prior, approving: proposal) }
    return try await decide(
      revised, inPlaceOf: prior, act: Self.approval + proposal.act,
      waiving: proposal.waived.compactMap(Waiver.init(rawValue:)), approving: proposal)
  }

  /// What the name of an approved act begins with on record.
  static let approval = "approve: "

  /// Whether the last act on a claim is this person's approval, for the same reason.
  private func isApproved(_ prior: StandingClaim, in transaction: ClaimTransaction) throws -> Bool {
    guard let last = try transaction.acts(on: [prior.row.keys.intake]).last else { return false }
    return last.act.hasPrefix(Self.approval) && last.person == signOff.person && last.reason == signOff.reason
  }

  /// Closes what was proposed about a claim, undone. The person who made the proposal may do so too.
  ///
  /// - Parameters:
  ///   - name: our number for the claim.
  ///   - number: the number of the proposal that the person was shown.
  /// - Throws: `ProposalRefusal`, `StoreFailure`.
  package func decline(_ name: String, number: Int) async throws -> ProposedAct {
    try await app.store.transaction { [signOff] transaction in
      let proposal = try Self.proposal(for: name, number: number, in: transaction)
      guard let row = try transaction.claims([proposal.claim])[proposal.claim] else {
        throw StoreFailure.corrupt("claim \(proposal.claim) is gone")
      }
      try transaction.close(proposal, as: .declined, by: signOff)
      try transaction.write(act: "decline: \(proposal.act)", of: row.keys.intake, by: signOff, waiving: [])
      return proposal
    }
  }

  /// What may be moved in the transaction that decides: exactly what was approved, or no more than one person may. The act
  /// goes on record in that transaction, with the proposal's end.
  func moneyLimit(
    on prior: StandingClaim, approving proposal: ProposedAct?,
    recording record: @escaping @Sendable (ClaimTransaction) throws -> Void
  ) -> MoneyLimit {
    MoneyLimit(
      allows: { try allows($0, on: prior, approving: proposal, in: $1) },
      recording: { [signOff] transaction in
        try record(transaction)
        if let proposal { try transaction.close(proposal, as: .approved, by: signOff) }
      })
  }

  /// Whether this person may move an amount: exactly what was proposed by another, or no more than one may. One may not
  /// move more in several acts than in one, but may take back what earlier acts have moved.
  private func allows(
    _ moves: Money, on prior: StandingClaim, approving proposal: ProposedAct?, in transaction: ClaimTransaction
  ) throws -> Bool {
    if let proposal { return moves == proposal.moves }
    guard let limit else { return true }
    guard try Self.size(of: moves) <= limit else { return false }
    let earlier = try prior.movedByActs(in: transaction) { $0.hasPrefix(Self.approval) }
    return try Self.size(of: earlier + moves) <= max(limit, Self.size(of: earlier))
  }

  /// Checks a payment in the transaction that releases it. A payment that was released before was checked then.
  ///
  /// - Throws: `BeyondLimit`.
  func checkPayment(of prior: StandingClaim, approving proposal: ProposedAct?, in transaction: ClaimTransaction) throws
  {
    guard limit != nil || proposal != nil, prior.unpaid != .released else { return }
    let processor = app.processor.receiving(on: prior.row.receivedOn)
    let moves = try processor.money(movedBy: prior.submitted, in: transaction)
    guard try allows(moves, on: prior, approving: proposal, in: transaction) else {
      throw BeyondLimit(moves: moves)
    }
  }

  private static func size(of moves: Money) throws -> Money { max(moves, try .zero - moves) }

  private static func proposal(
    for name: String, number: Int, in transaction: ClaimTransaction
  ) throws -> ProposedAct {
    let id = ClaimIntakeID(name)
    guard let proposal = try transaction.openProposal(of: id) else { throw ProposalRefusal.none(id) }
    guard proposal.number == number else { throw ProposalRefusal.another(id, open: proposal.number) }
    return proposal
  }

  /// Returns what the plan would pay, with interest, less what it has paid for the claims that this one replaces.
  private func money(movedBy revised: SubmittedClaim?, from prior: StandingClaim) async throws -> Money {
    try await app.processor.receiving(on: prior.row.receivedOn).money(movedBy: revised ?? prior.submitted)
  }
}

/// Why a proposal is not made, approved or declined. Nothing was changed.
package enum ProposalRefusal: Error, Hashable, CustomStringConvertible {
  /// Another act on the claim is proposed, or another person has proposed this one.
  case alreadyOpen(ClaimIntakeID)
  case none(ClaimIntakeID)
  /// The person has proposed the act.
  case own(ClaimIntakeID)
  /// The proposal that the person was shown is closed, and another is open.
  case another(ClaimIntakeID, open: Int)
  /// The act would now move more than one person may.
  case moreNow(ClaimIntakeID)
  /// The claim has changed since, or the act would move another amount.
  case changed(ClaimIntakeID)

  package var description: String {
    switch self {
    case .alreadyOpen(let claim): "an act on claim \(claim) is proposed already: approve or decline that one first"
    case .none(let claim): "nothing is proposed about claim \(claim)"
    case .another(let claim, let open):
      "claim \(claim): what you were shown is no longer proposed; proposal \(open) is, so look at that one"
    case .own(let claim): "claim \(claim): another person than the one who proposed the act has to approve it"
    case .moreNow(let claim):
      "claim \(claim): meanwhile the act would move more than one person may; do it again, and it is proposed"
    case .changed(let claim):
      "claim \(claim) has changed since the act was proposed, or the act would move another amount: decline it, and "
        + "propose it again"
    }
  }
}
