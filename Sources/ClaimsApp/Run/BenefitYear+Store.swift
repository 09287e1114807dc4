import ClaimStore
import ClaimFormats
import ClaimsDomain
import ClaimPipeline

extension BenefitYear {
  /// How far a member has come in the year of a claim, as the accumulators say now; nil where no plan covered them.
  ///
  /// - Throws: `StoreFailure`.
  init?(of claim: SubmittedClaim, spans: [Coverage], ruleset: Ruleset, in transaction: some AccumulatorLedger) throws {
    guard let day = claim.dateOfService, case .active(let coverage) = CoverageStanding(on: day, among: spans),
      let plan = ruleset.plans[coverage.planID]
    else { return nil }
    let year = plan.planYear(of: day)
    let balances = try transaction.accumulators(AccumulatorScope.costSharing(of: coverage, planYear: year))
    func progress(_ holder: AccumulatorScope.Holder, _ bucket: AccumulatorScope.Bucket, of limit: Money) -> Progress {
      let scope = AccumulatorScope(holder: holder, planID: coverage.planID, planYear: year, bucket: bucket)
      return Progress(used: balances[scope] ?? .zero, limit: limit)
    }
    func both(_ bucket: AccumulatorScope.Bucket, _ limit: FamilyLimit) -> Bucket {
      Bucket(
        member: progress(.member(coverage.memberID), bucket, of: limit.individual),
        family: coverage.coversFamily ? progress(.family(coverage.familyID), bucket, of: limit.family) : nil)
    }
    self.init(
      year: year, deductible: both(.deductible, plan.deductible),
      outOfPocket: both(.outOfPocket, plan.outOfPocketMaximum))
  }
}
