package import ClaimsDomain

/// One question of a 270: is this person covered on this day? (005010X279A1, loops 2000C and 2000D.)
package struct EligibilityInquiry: Hashable, Sendable {
  /// Of its HL.
  package internal(set) var location: SourceLocation
  package internal(set) var interchange: X12Interchange?
  /// Counts the file's transactions, from 0.
  package internal(set) var transaction: Int
  /// BHT03.
  package internal(set) var reference: String?
  /// Loop 2100A, who is asked, and 2100B, who asks.
  package internal(set) var source: StatedEntity?
  package internal(set) var receiver: StatedEntity?
  /// TRN02 and TRN03, to be given back.
  package internal(set) var trace: String?
  package internal(set) var traceOriginator: String?
  package internal(set) var subscriber: StatedPerson?
  /// Set where the question is about a dependent.
  package internal(set) var dependent: StatedPerson?
  /// DTP*291; nil for today.
  package internal(set) var day: CalendarDate?
  /// The first thing that cannot be read.
  package internal(set) var problem: StatedProblem?

  /// NM1 of a payer or provider.
  package struct StatedEntity: Hashable, Sendable {
    /// NM101, to be given back.
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
  }

  /// How the person asked about cannot be this one; nil where they can.
  package func difference(from member: MemberIdentity) -> MemberIdentity.Difference? {
    (dependent ?? subscriber).flatMap { member.difference(from: $0.name, born: $0.birthDate) }
  }

  /// As the directory has the person; nil where nothing names them.
  package var memberID: MemberID? {
    guard let number = subscriber?.memberID else { return nil }
    guard let dependent else { return number }
    return dependent.memberID
      ?? Dependent(relationship: "", name: dependent.name, birthDate: dependent.birthDate)
      .memberID(subscriberID: number)
  }
}

/// What comes out of a 270, in the file's own order.
package enum InquiryItem: Hashable, Sendable {
  case inquiry(EligibilityInquiry)
  /// Something is wrong with the file rather than with one question.
  case fault(FileFault)
}
