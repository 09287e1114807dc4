/// Care of the same day and code that another claim was allowed for, and that differs from it in something: one service
/// billed twice, or two services. The rules cannot tell, so the claim waits for a person where the plan asks for it.
///
/// What is the same in every part is `ExactDuplicate`'s, and denied before. Not waited for is
/// - a line whose modifier says that it is a second service (`ExactDuplicate.repeatModifiers`);
/// - a line that asks for no money, which cannot be paid twice;
/// - a claim that a person has let go on.
struct NearDuplicate {
  private let allowedElsewhere: Set<Int>

  /// - Parameter allowedElsewhere: Numbers of lines that another claim was allowed for by `NearSignature` alone.
  init(in claim: SubmittedClaim, allowedElsewhere: Set<Int>) {
    self.allowedElsewhere = claim.waives(SuspenseReason.nearDuplicate.code) ? [] : allowedElsewhere
  }

  /// - Throws: `AdjudicationFailure.suspended` where a person has to look.
  func check(_ lines: [Passage<CoveredLine>]) throws(AdjudicationFailure) {
    guard !allowedElsewhere.isEmpty else { return }
    for line in lines.open() where mustWait(line) { throw .suspended(Suspense(.nearDuplicate)) }
  }

  private func mustWait(_ line: CoveredLine) -> Bool {
    line.terms.plan.nearDuplicates == .suspend && allowedElsewhere.contains(line.line.number)
      && line.line.charge > .zero
      && ExactDuplicate.repeatModifiers.isDisjoint(with: line.line.procedure?.modifiers ?? [])
  }
}
