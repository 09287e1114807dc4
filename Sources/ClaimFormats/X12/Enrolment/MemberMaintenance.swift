package import ClaimsDomain

/// What an 834 says of one person: loop 2000, INS and what follows it.
package struct MemberMaintenance: Hashable, Sendable {
  /// Of its INS.
  package internal(set) var location: SourceLocation
  package internal(set) var type: MaintenanceType?
  package internal(set) var isSubscriber: Bool
  /// REF*0F, the number the whole family goes by.
  package internal(set) var subscriberID: MemberID?
  /// NM109 of the person.
  package internal(set) var ownID: MemberID?
  package internal(set) var name: PersonName?
  package internal(set) var birthDate: CalendarDate?
  /// DTP*356 and 357: the person's eligibility as a whole.
  package internal(set) var eligibleFrom: CalendarDate?
  package internal(set) var eligibleThrough: CalendarDate?
  package internal(set) var coverages: [StatedCoverage] = []
  /// The first thing that cannot be read; nothing of the person is then taken in.
  package internal(set) var problem: StatedProblem?
  /// SHA-256 of the person's segments and of who sent them in which batch, hex.
  package internal(set) var digest = ""

  /// HD and what follows it.
  package struct StatedCoverage: Hashable, Sendable {
    package internal(set) var location: SourceLocation
    package internal(set) var type: MaintenanceType
    /// HD03: `HLT` health, `DEN` dental, `VIS` vision and others.
    package internal(set) var line: String
    /// HD04.
    package internal(set) var plan: String?
    /// HD05: `EMP` employee only, `FAM` family and others.
    package internal(set) var level: String?
    /// DTP*348 and 349.
    package internal(set) var first: CalendarDate?
    package internal(set) var last: CalendarDate?
  }
}
