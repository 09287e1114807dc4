/// Care of the same day and code that another claim was allowed for, and that differs from it in something: one service
/// billed twice, or two services. The rules cannot tell, so the claim waits for a person where the plan asks for it.
///
/// What is the same in every part is `ExactDuplicate`'s, and denied before. Not waited for is
/// - a line whose modifier says that it is a second service (`ExactDuplicate.repeatModifiers`);
/// - a line that asks for no money, which cannot be paid twice;
/// - anesthesia that the plan prices, where `AnesthesiaPrice` looks at the day;
/// - a claim that a person has let go on.
struct NearDuplicate {
  private let allowedElsewhere: [Int: Set<ClaimIntakeID>]

  /// - Parameter allowedElsewhere: By number of line, the claims that allowed it by `NearSignature` alone.
  init(in claim: SubmittedClaim, allowedElsewhere: [Int: Set<ClaimIntakeID>]) {
    self.allowedElsewhere = claim.waives(.wait(.nearDuplicate)) ? [:] : allowedElsewhere
  }

  /// - Throws: `AdjudicationFailure.suspended` where a person has to look, with the claims to compare it with.
  func check(_ lines: [Passage<CoveredLine>]) throws(AdjudicationFailure) {
    guard !allowedElsewhere.isEmpty else { return }
    let others = lines.open().filter(mustWait).compactMap { allowedElsewhere[$0.line.number] }
    guard others.isEmpty else {
      throw .suspended(Suspense(.nearDuplicate, beside: Set(others.joined()).sorted()))
    }
  }

  private func mustWait(_ line: CoveredLine) -> Bool {
    line.terms.plan.nearDuplicates == .suspend && allowedElsewhere[line.line.number] != nil
      && line.line.charge > .zero && !line.terms.plan.sharesAnesthesia(of: line.line)
      && ExactDuplicate.repeatModifiers.isDisjoint(with: line.line.procedure?.modifiers ?? [])
  }
}
