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

  package enum Bucket: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
    case deductible
    case outOfPocket = "out-of-pocket"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package init(holder: Holder, planID: PlanID, planYear: Int, bucket: Bucket) {
    self.holder = holder
    self.planID = planID
    self.planYear = planYear
    self.bucket = bucket
  }

  /// The scopes that care on a day counts to, for a member so enrolled: their own and the family's, of each bucket.
  package static func all(for coverage: Coverage, planYear: Int) -> [AccumulatorScope] {
    let holders: [Holder] = [.member(coverage.memberID), .family(coverage.familyID)]
    return holders.flatMap { holder in
      Bucket.allCases.map {
        AccumulatorScope(holder: holder, planID: coverage.planID, planYear: planYear, bucket: $0)
      }
    }
  }

  /// The fixed order in which scopes are locked.
  package static func < (left: Self, right: Self) -> Bool {
    (left.holder, left.planID, left.planYear, left.bucket) < (right.holder, right.planID, right.planYear, right.bucket)
  }
}
