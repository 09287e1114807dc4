/// What a running total is kept for: one member or one family, in one plan year, of one kind.
package struct AccumulatorScope: Hashable, Comparable, Sendable, Codable {
  package var holder: Holder
  package var planID: PlanID
  package var planYear: Int
  package var bucket: Bucket

  package enum Holder: Hashable, Comparable, Sendable, Codable {
    case member(MemberID)
    case family(FamilyID)
  }

  package init(holder: Holder, planID: PlanID, planYear: Int, bucket: Bucket) {
    self.holder = holder
    self.planID = planID
    self.planYear = planYear
    self.bucket = bucket
  }

  /// The scopes that a member so enrolled shares cost in on a day: deductible and maximum, their own and the family's.
  package static func costSharing(
    of coverage: Coverage, planYear: Int, network: NetworkStatus = .inNetwork
  ) -> [AccumulatorScope] {
    let holders: [Holder] = [.member(coverage.memberID), .family(coverage.familyID)]
    return holders.flatMap { holder in
      [Bucket.deductible(network), .outOfPocket(network)].map {
        AccumulatorScope(holder: holder, planID: coverage.planID, planYear: planYear, bucket: $0)
      }
    }
  }

  /// The scopes that a benefit's limits are counted in: a limit is each member's own.
  package static func limits(of benefit: BenefitRule, for coverage: Coverage, planYear: Int) -> [AccumulatorScope] {
    let buckets = [
      benefit.limit?.visits.map { _ in Bucket.visits(benefit: benefit.id) },
      benefit.limit?.amount.map { _ in Bucket.paid(benefit: benefit.id) },
    ]
    return buckets.compactMap(\.self).map {
      AccumulatorScope(
        holder: .member(coverage.memberID), planID: coverage.planID, planYear: planYear, bucket: $0)
    }
  }

  /// The fixed order in which scopes are locked.
  package static func < (left: Self, right: Self) -> Bool {
    (left.holder, left.planID, left.planYear, left.bucket) < (right.holder, right.planID, right.planYear, right.bucket)
  }
}
