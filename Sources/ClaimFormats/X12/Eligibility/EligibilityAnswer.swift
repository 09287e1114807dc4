package import ClaimsDomain

/// What a 271 says to a question.
package struct EligibilityAnswer: Hashable, Sendable {
  package var standing: Standing
  /// How far the member and the family have come in the plan's year.
  package var totals: [Total]

  package enum Standing: Hashable, Sendable {
    case active(Coverage, planName: String)
    /// Known, and not covered that day.
    case inactive
    case notFound
    /// Known by the number, and the question names somebody else.
    case otherPerson(MemberIdentity.Difference)
    /// The question names nobody, or cannot be read.
    case invalid
  }

  /// A limit of the year, and what is left of it.
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
