package import ClaimsDomain
import Crypto

/// An 834's maintenance of one person: loop 2000, INS and the segments that follow it.
package struct MemberMaintenance: Hashable, Sendable {
  /// The location of its INS.
  package internal(set) var location: SourceLocation
  package internal(set) var type: MaintenanceType?
  package internal(set) var isSubscriber: Bool
  /// REF*0F, the number that identifies the whole family.
  package internal(set) var subscriberID: MemberID?
  /// NM109 of the person.
  package internal(set) var ownID: MemberID?
  package internal(set) var name: PersonName?
  /// REF*1L: the group or policy of the person.
  package internal(set) var groupNumber: String?
  package internal(set) var birthDate: CalendarDate?
  /// DTP*356 and 357: the person's overall eligibility.
  package internal(set) var eligibleFrom: CalendarDate?
  package internal(set) var eligibleThrough: CalendarDate?
  package internal(set) var coverages: [StatedCoverage] = []
  /// Whether it is test data: ISA15 is not P, or the Coverage is labeled HTEST.
  package internal(set) var isTest = false
  /// What is wrong with it, in which case no part of the person's maintenance is accepted.
  package internal(set) var problems: [StatedProblem] = []
  /// SHA-256 of the person's segments, sender, and batch, in hex.
  package internal(set) var digest = ""

  /// HD and the segments that follow it.
  package struct StatedCoverage: Hashable, Sendable {
    package internal(set) var location: SourceLocation
    package internal(set) var type: MaintenanceType
    /// HD03: `HLT` health, `DEN` dental, `VIS` vision, and others.
    package internal(set) var line: String
    /// HD04.
    package internal(set) var plan: String?
    /// HD05: `EMP` employee only, `FAM` family, and others.
    package internal(set) var level: String?
    /// DTP*348 and 349.
    package internal(set) var first: CalendarDate?
    package internal(set) var last: CalendarDate?
    /// REF*1L: the group or policy of this coverage.
    package internal(set) var groupNumber: String?
  }
}

/// One person of an 834 as their segments are read: INS, then loops 2100 and 2300.
struct MemberDraft {
  private var member: MemberMaintenance
  private var hash = SHA256()
  private var problems = ClaimProblems()
  private var party = Party.member
  private var segments = 0

  /// The party named by the last NM1; only the member's own numbers are used.
  private enum Party { case member, other }

  /// - Parameters:
  ///   - isTest: Whether the interchange is test data.
  ///   - problems: The problems above the person.
  init(ins segment: X12Segment, batch: String, isTest: Bool, problems: ClaimProblems) {
    member = MemberMaintenance(
      location: SourceLocation(.segment, segment.number), type: Self.type(segment, 3),
      isSubscriber: segment.code(1) == "Y")
    member.isTest = isTest
    self.problems = problems
    hash.update(data: Array(batch.utf8))
    add(segment)
    if segment.code(1) != "Y", segment.code(1) != "N" {
      note(segment.problem(1, "it does not say whether this is the subscriber"))
    }
    if member.type == nil { note(segment.problem(3, "no such maintenance type")) }
    if let flaw = segment.flaw { note(segment.problem(flaw.reason)) }
  }

  var finished: MemberMaintenance {
    var member = member
    member.digest = hash.finalize().hex
    member.problems = problems.stated
    return member
  }

  mutating func take(_ segment: X12Segment) {
    segments += 1
    guard segments <= X12Limits.segmentsPerMember else {
      note(segment.problem("the member has more than \(X12Limits.segmentsPerMember) segments"))
      return
    }
    add(segment)
    if let flaw = segment.flaw { return note(segment.problem(flaw.reason)) }
    do throws(ClaimProblem) {
      try place(segment)
    } catch {
      note(error)
    }
  }

  private mutating func place(_ segment: X12Segment) throws(ClaimProblem) {
    switch segment.name {
    case "REF" where segment.code(1) == "0F" && member.coverages.isEmpty:
      member.subscriberID = segment.text(2).map { MemberID($0) }
    case "REF" where segment.code(1) == "1L":
      let number = segment.text(2)
      if member.coverages.isEmpty {
        member.groupNumber = number
      } else {
        member.coverages[member.coverages.count - 1].groupNumber = number
      }
    case "NM1":
      // 74 is the person with corrected data; 70 is the incorrect data.
      party = segment.code(1) == "IL" || segment.code(1) == "74" ? .member : .other
      guard party == .member else { return }
      member.name = PersonName(nm1: segment)
      member.ownID = segment.text(9).map { MemberID($0) }
    case "DMG" where party == .member: member.birthDate = try segment.date(2)
    case "HD":
      party = .other
      member.coverages.append(try coverage(hd: segment))
    case "DTP": try take(dtp: segment)
    default: break
    }
  }

  /// - Throws: `ClaimProblem` when the segment does not state the maintenance type or the coverage.
  private func coverage(hd segment: X12Segment) throws(ClaimProblem) -> MemberMaintenance.StatedCoverage {
    // 032 states that the person has no coverage of their own.
    guard let type = Self.type(segment, 1) else { throw segment.problem(1, "no such maintenance type is taken in") }
    guard let line = segment.brief(3) else { throw segment.problem(3, "it does not say what the coverage is of") }
    return MemberMaintenance.StatedCoverage(
      location: SourceLocation(.segment, segment.number), type: type, line: line, plan: segment.brief(4),
      level: segment.brief(5))
  }

  private mutating func take(dtp segment: X12Segment) throws(ClaimProblem) {
    let last = member.coverages.count - 1
    guard last >= 0 ? ["348", "349"].contains(segment.code(1)) : ["356", "357"].contains(segment.code(1)) else {
      if segment.bytes(1).isEmpty { throw segment.problem(1, "it does not say what day it is") }
      return
    }
    guard let day = try segment.date(3) else { throw segment.problem(3, "the day is missing") }
    switch segment.code(1) {
    case "356": member.eligibleFrom = day
    case "357": member.eligibleThrough = day
    case "348": member.coverages[last].first = day
    default: member.coverages[last].last = day
    }
  }

  mutating func note(_ problem: ClaimProblem) { problems.note(problem) }

  private mutating func add(_ segment: X12Segment) {
    segment.withCanonicalBytes { hash.update(bufferPointer: $0) }
  }

  private static func type(_ segment: X12Segment, _ element: Int) -> MaintenanceType? {
    segment.text(element).flatMap(MaintenanceType.init)
  }
}
