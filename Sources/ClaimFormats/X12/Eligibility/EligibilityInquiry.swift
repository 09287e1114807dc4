package import ClaimsDomain

/// One inquiry of a 270: whether a person is covered on a given day (005010X279A1, loops 2000C and 2000D).
package struct EligibilityInquiry: Hashable, Sendable {
  /// The location of its HL.
  package internal(set) var location: SourceLocation
  package internal(set) var interchange: X12Interchange?
  /// The position of the transaction in the file, from 0.
  package internal(set) var transaction: Int
  /// BHT03.
  package internal(set) var reference: String?
  /// Loop 2100A, the payer that is asked, and 2100B, the party asking.
  package internal(set) var source: StatedEntity?
  package internal(set) var receiver: StatedEntity?
  /// TRN02 and TRN03, returned in the answer.
  package internal(set) var trace: String?
  package internal(set) var traceOriginator: String?
  package internal(set) var subscriber: StatedPerson?
  /// Set when the inquiry is about a dependent.
  package internal(set) var dependent: StatedPerson?
  /// DTP*291; nil for today.
  package internal(set) var day: CalendarDate?
  /// What is wrong with it; if anything is, the inquiry is not answered.
  package internal(set) var problems: [StatedProblem] = []

  /// NM1 of a payer or provider.
  package struct StatedEntity: Hashable, Sendable {
    /// NM101, returned in the answer.
    package internal(set) var role: String?
    package internal(set) var isPerson: Bool
    package internal(set) var name: String
    package internal(set) var qualifier: String?
    package internal(set) var identifier: String?
  }

  package struct StatedPerson: Hashable, Sendable {
    package internal(set) var name: PersonName
    package internal(set) var memberID: MemberID?
    package internal(set) var birthDate: CalendarDate?

    /// Whether anything but a number says who it is.
    package var isNamed: Bool { !name.last.isEmpty || !name.first.isEmpty || birthDate != nil }
  }

  /// Returns how the person inquired about differs from a member; nil when they may be the same.
  package func difference(from member: MemberIdentity) -> MemberIdentity.Difference? {
    (dependent ?? subscriber).flatMap { member.difference(from: $0.name, born: $0.birthDate) }
  }

  /// The person's member ID as the directory has it; nil when nothing identifies the person.
  package var memberID: MemberID? {
    guard let number = subscriber?.memberID else { return nil }
    guard let dependent else { return number }
    return dependent.memberID
      ?? Dependent(relationship: "", name: dependent.name, birthDate: dependent.birthDate)
      .memberID(subscriberID: number)
  }
}

/// What a 270 yields, in file order.
package enum InquiryItem: Hashable, Sendable {
  case inquiry(EligibilityInquiry)
  /// A fault of the file rather than of one inquiry.
  case fault(FileFault)
}
