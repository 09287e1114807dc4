package import ClaimsDomain

/// Everything that a member learns about one decided claim. The letter is made from this alone and looks nothing up.
package struct ExplanationOfBenefits: Hashable, Sendable {
  package var id: EOBID
  /// The day on which the decision went on record (UTC), so that the letter is the same whenever it is printed.
  package var issued: CalendarDate
  package var sender: Letterhead
  /// Nil when no plan lists the member.
  package var planName: String?
  /// The group or policy of the member's coverage on the day of care; nil when the directory does not have it.
  package var groupNumber: String?
  /// The days that the member has to appeal, from the day the letter arrives; nil when the payer's file does not say.
  package var appealDays: Int?
  package var claimIntakeID: ClaimIntakeID
  package var claim: SubmittedClaim
  package var decision: Decision
  package var payment: ProviderPayment
  package var yearToDate: BenefitYear?
  /// What services are called.
  package var services: ServiceWords

  /// The payment to the provider.
  package struct ProviderPayment: Hashable, Sendable {
    package var amount: Money
    /// The reference on the provider's bank statement; nil when no payment was sent.
    package var reference: String?

    package init(amount: Money, reference: String? = nil) {
      self.amount = amount
      self.reference = reference
    }

    package static let none = ProviderPayment(amount: .zero)
  }

  package init(
    id: EOBID, issued: CalendarDate, sender: Letterhead, planName: String?, groupNumber: String? = nil,
    appealDays: Int? = nil, claimIntakeID: ClaimIntakeID, claim: SubmittedClaim, decision: Decision,
    payment: ProviderPayment, yearToDate: BenefitYear? = nil, services: ServiceWords = ServiceWords()
  ) {
    self.id = id
    self.issued = issued
    self.sender = sender
    self.planName = planName
    self.groupNumber = groupNumber
    self.appealDays = appealDays
    self.claimIntakeID = claimIntakeID
    self.claim = claim
    self.decision = decision
    self.payment = payment
    self.yearToDate = yearToDate
    self.services = services
  }
}

extension ExplanationOfBenefits {
  /// The outcome of the claim. It is derived from the decision, so a letter's words cannot contradict its amounts.
  package enum Outcome: Hashable, Sendable {
    case paid
    /// Allowed, but all of it is deductible, copay or coinsurance.
    case memberOwesAll
    /// No one owes anything: for example, another plan paid it all, or nothing was charged.
    case nothingDue
    case denied
  }

  package var outcome: Outcome {
    if decision.isDenied { return .denied }
    if decision.paid != .zero { return .paid }
    return decision.memberResponsibility == .zero ? .nothingDue : .memberOwesAll
  }
}

/// The progress of a member and their family toward the limits of a plan year, including this claim.
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
