/// A claim that no rule needs to look at: a person has denied it, its provider has taken it back or only reports it, or it
/// is a test.
struct WholeClaimDenial {
  private let denial: Denial

  /// Nil for a claim that is decided by the rules.
  init?(of claim: SubmittedClaim) {
    if let chosen = claim.revision?.denial {
      denial = Denial(chosen.group, chosen.reason, remark: chosen.remark, by: .deniedByPerson)
    } else if claim.isVoid {
      // The provider asks for nothing: no CARC says that. A1 is the plain denial, MA67 that it corrects a prior claim.
      denial = Denial(.other, "A1", remark: "MA67", by: .claimVoid, RuleInput("frequency code", claim.frequency.code))
    } else if claim.isTest == true {
      denial = Denial(.other, "16", remark: "MA130", by: .testData, RuleInput("usage (ISA15)", "T"))
    } else if claim.purpose == .encounter {
      denial = Denial(.contractual, "24", by: .encounter, RuleInput("purpose (BHT06)", ClaimPurpose.encounter.rawValue))
    } else {
      return nil
    }
  }

  /// - Throws: `AdjudicationFailure.unbalanced` for a charge below zero.
  func deny(_ lines: [ServiceLine]) throws(AdjudicationFailure) -> [LineDecision] {
    try lines.map { line throws(AdjudicationFailure) in
      do throws(BalanceError) {
        return try LineDecision(denying: line, for: denial)
      } catch {
        throw .unbalanced(error)
      }
    }
  }
}
