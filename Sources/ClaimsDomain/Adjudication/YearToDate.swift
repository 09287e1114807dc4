/// What a member and their family have used of one plan in one plan year, in its network or out of it: the totals
/// before the claim, plus what the claim's own lines have added so far.
struct YearToDate {
  let coverage: Coverage
  let planYear: Int
  let network: NetworkStatus
  private(set) var deductible: Used
  private(set) var outOfPocket: Used

  struct Used {
    fileprivate(set) var member: Money
    fileprivate(set) var family: Money
    fileprivate(set) var added = Money.zero

    fileprivate mutating func add(_ amount: Money) throws(MoneyError) {
      member = try member + amount
      family = try family + amount
      added = try added + amount
    }
  }

  init(of coverage: Coverage, planYear: Int, network: NetworkStatus, in totals: Accumulators) {
    self.coverage = coverage
    self.planYear = planYear
    self.network = network
    func used(_ bucket: AccumulatorScope.Bucket) -> Used {
      Used(
        member: totals.balance(of: Self.scope(.member(coverage.memberID), coverage, planYear, bucket)),
        family: totals.balance(of: Self.scope(.family(coverage.familyID), coverage, planYear, bucket)))
    }
    deductible = used(.deductible(network))
    outOfPocket = used(.outOfPocket(network))
  }

  func isFor(_ other: Coverage, in year: Int, _ status: NetworkStatus) -> Bool {
    planYear == year && network == status && coverage.planID == other.planID && coverage.familyID == other.familyID
  }

  /// Every kind of share counts toward the out-of-pocket maximum; only the deductible counts toward the deductible.
  mutating func add(_ share: MemberShare) throws(MoneyError) {
    try outOfPocket.add(share.amount)
    if share.kind == .deductible { try deductible.add(share.amount) }
  }

  /// Adds the claim's part to the totals, for the member and for the family.
  func post(to totals: inout Accumulators) throws(MoneyError) {
    for (bucket, used) in [
      (AccumulatorScope.Bucket.deductible(network), deductible), (.outOfPocket(network), outOfPocket),
    ] {
      try totals.apply(used.added, to: Self.scope(.member(coverage.memberID), coverage, planYear, bucket))
      try totals.apply(used.added, to: Self.scope(.family(coverage.familyID), coverage, planYear, bucket))
    }
  }

  private static func scope(
    _ holder: AccumulatorScope.Holder, _ coverage: Coverage, _ year: Int, _ bucket: AccumulatorScope.Bucket
  ) -> AccumulatorScope {
    AccumulatorScope(holder: holder, planID: coverage.planID, planYear: year, bucket: bucket)
  }
}
