/// What one line's cost is shared by: the plan's own terms and those of its benefit in the network, and the plan's
/// out-of-network terms, which know neither copay nor waiver, out of it.
struct CostShareTerms {
  let deductible: FamilyLimit
  let outOfPocketMaximum: FamilyLimit
  let coinsurance: BasisPoints
  let copay: Money
  let waivesDeductible: Bool

  init(of line: CoveredLine) {
    let plan = line.terms.plan
    if line.network == .outOfNetwork, let outside = plan.outOfNetwork {
      deductible = outside.deductible
      outOfPocketMaximum = outside.outOfPocketMaximum
      coinsurance = outside.coinsurance
      copay = .zero
      waivesDeductible = false
    } else {
      deductible = plan.deductible
      outOfPocketMaximum = plan.outOfPocketMaximum
      coinsurance = line.benefit?.coinsurance ?? plan.coinsurance
      copay = line.benefit?.copay ?? .zero
      waivesDeductible = line.benefit?.waivesDeductible ?? false
    }
  }
}
