import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// How an act goes on record with the decision that it brings, and how one that was cut short is finished.
extension ClaimAdjuster {
  /// Finds what the same act, by the same person and for the same reason, has made of a claim before: an act that was cut
  /// short is finished when it is sent again, and one that was done is not refused.
  ///
  /// - Parameter name: our number for the claim. Another name finds nothing.
  func begun(
    _ name: String, _ isSame: @escaping @Sendable (_ act: String) -> Bool
  ) async throws -> (prior: StandingClaim, revised: SubmittedClaim)? {
    try await app.store.read { [signOff] transaction in
      let id = ClaimIntakeID(name)
      guard let row = try transaction.claims([id])[id], row.status == .replaced,
        let last = try transaction.acts(on: [row.keys.intake]).last, isSame(last.act),
        last.person == signOff.person, last.reason == signOff.reason
      else { return nil }
      let next = try StandingClaim.successor(of: row, in: transaction)
      guard let body = try transaction.bodies(of: [next.id])[next.id] else {
        throw StoreFailure.corrupt("the text of claim \(next.id) is gone")
      }
      return (try StandingClaim(row, in: transaction), try SubmittedClaim(body: body, of: next.id))
    }
  }

  /// An act as it is on record.
  static func text(_ words: [String]) -> String { words.joined(separator: "; ") }

  /// - Parameter proposal: the proposal that another person made of this act; nil for an act of one person.
  func decide(
    _ revised: SubmittedClaim, inPlaceOf prior: StandingClaim, act: String, waiving waived: [Waiver],
    approving proposal: ProposedAct? = nil
  ) async throws -> ClaimAdjustment {
    let waived = Set(waived).sorted().map(\.rawValue)
    guard limit != nil || proposal != nil else {
      try await app.store.transaction { [signOff] transaction in
        // If two people act on one claim at the same time, the second finds that it has changed.
        try transaction.update([prior.row.advanced { _ in }])
        try transaction.write(act: act, of: prior.row.keys.intake, by: signOff, waiving: waived)
      }
      return try await finish(revised, inPlaceOf: prior)
    }
    if proposal == nil, let proposed = try await proposed(act, revised, waived, for: prior) {
      return ClaimAdjustment(prior: prior, priorInterest: .zero, result: nil, proposal: proposed)
    }
    try await app.store.transaction { try $0.update([prior.row.advanced { _ in }]) }
    let limit = moneyLimit(on: prior, approving: proposal) { [signOff] transaction in
      try transaction.write(act: act, of: prior.row.keys.intake, by: signOff, waiving: waived)
    }
    do {
      return try await finish(revised, inPlaceOf: prior, within: limit)
    } catch is BeyondLimit {
      throw proposal == nil ? ProposalRefusal.moreNow(prior.row.id) : .changed(prior.row.id)
    }
  }

  /// Decides a claim and settles it, or returns what that came to before.
  func finish(
    _ revised: SubmittedClaim, inPlaceOf prior: StandingClaim, within limit: MoneyLimit? = nil
  ) async throws -> ClaimAdjustment {
    let interest = try await app.store.read {
      try $0.payments(of: [prior.row.id]).first(where: \.state.isStanding)?.interest
    }
    let ended = try await app.processor.receiving(on: prior.row.receivedOn).limited(to: limit).process([revised].placed)
    guard let ended = ended.first?.value else { throw StoreFailure.corrupt("a claim has no end") }
    return ClaimAdjustment(
      prior: prior, priorInterest: interest ?? .zero,
      result: ClaimResult(source: "\(prior.row.id)", kind: .claim(revised, at: "adjustment", ended)))
  }
}
