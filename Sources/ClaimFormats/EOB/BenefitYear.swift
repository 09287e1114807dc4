package import ClaimsDomain

/// How far a member and their family have come in a plan year, this claim included.
package struct BenefitYear: Hashable, Sendable {
  package var year: Int
  package var deductible: Bucket
  package var outOfPocket: Bucket

  package struct Bucket: Hashable, Sendable {
    package var member: Progress
    /// Nil when the plan covers one person.
    package var family: Progress?

    package init(member: Progress, family: Progress? = nil) {
      self.member = member
      self.family = family
    }
  }

  package struct Progress: Hashable, Sendable {
    package var used: Money
    package var limit: Money

    package init(used: Money, limit: Money) {
      self.used = used
      self.limit = limit
    }
  }

  package init(year: Int, deductible: Bucket, outOfPocket: Bucket) {
    self.year = year
    self.deductible = deductible
    self.outOfPocket = outOfPocket
  }
}
