package import ClaimsDomain

/// The answer of a 271 to an eligibility inquiry.
package struct EligibilityAnswer: Hashable, Sendable {
  package var standing: Standing
  /// The member's and family's progress toward the plan year's limits.
  package var totals: [Total]

  package enum Standing: Hashable, Sendable {
    case active(Coverage, planName: String)
    /// The person is known, but not covered on the date in question.
    case inactive
    case notFound
    /// The member number is known, but the inquiry names a different person.
    case otherPerson(MemberIdentity.Difference)
    /// The inquiry names no one or cannot be read.
    case invalid
  }

  /// A limit for the year and the amount remaining.
  package struct Total: Hashable, Sendable {
    package var kind: Kind
    package var isFamily: Bool
    package var limit: Money
    package var left: Money

    /// EB01.
    package enum Kind: String, Sendable {
      case deductible = "C"
      case outOfPocketMaximum = "G"
    }

    package init(_ kind: Kind, isFamily: Bool, limit: Money, left: Money) {
      self.kind = kind
      self.isFamily = isFamily
      self.limit = limit
      self.left = left
    }
  }

  package init(_ standing: Standing, totals: [Total] = []) {
    self.standing = standing
    self.totals = totals
  }
}
