import ClaimsDomain
import StrictText

/// Reads the Coverages of a FHIR R4 file, each with its Patient, in constant memory. Each says what is in force now, as an
/// audit of an 834 does: coverage of the plan in or next to its days is replaced.
package struct FHIREnrollmentReader {
  private let source: any ClaimBytes
  private let index: FHIRIndex
  private var scanner: FHIRScanner
  private var lines: LineCount
  private var hasCoverage = false
  private var hasEnded = false

  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes) throws(InputError) {
    self.source = source
    index = try FHIRIndex(of: source)
    scanner = FHIRScanner(source)
    lines = LineCount(of: source)
  }

  /// Returns the next person or fault; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  package mutating func next() throws(InputError) -> EnrollmentItem? {
    guard !hasEnded else { return nil }
    while !index.hasHistory, let found = try scanner.next() {
      guard let range = found.range, let type = found.type, type != "Bundle" || index.count == 1 else {
        hasCoverage = true
        return .member(
          Self.unreadable(found, "this is no resource, or a Bundle among others; send it as a file of its own"))
      }
      guard type == "Coverage" else { continue }
      hasCoverage = true
      return .member(try member(found, range))
    }
    hasEnded = true
    return fault.map { .fault($0) }
  }

  private var fault: FileFault? {
    if index.hasHistory {
      return FileFault(
        what: "this is a history Bundle, which holds earlier versions of its resources", advice: "send a collection")
    }
    if scanner.isCutOff {
      return .isCutOff(after: scanner.number)
    }
    guard !hasCoverage else { return nil }
    return FileFault(
      what: "this FHIR file holds no Coverage; it begins with \(index.firstType ?? "nothing")",
      advice: "send Coverages together with their Patients")
  }

  private mutating func member(_ found: FHIRScanner.Found, _ range: Range<Int>) throws(InputError) -> MemberMaintenance
  {
    guard range.count <= FHIRLimits.resourceLength else {
      return Self.unreadable(found, "the record is longer than \(FHIRLimits.resourceLength) bytes")
    }
    let bytes = try source.bytes(in: range)
    let value: FHIRValue
    do throws(StrictJSON.Defect) {
      value = try FHIRValue(parsing: bytes)
    } catch let defect {
      let error = try defect.counted { () throws(InputError) in try lines.place(of: range.lowerBound) }
      return Self.unreadable(found, "the record \(error.reason)")
    }
    var member = MemberMaintenance(
      location: SourceLocation(.record, found.number), type: .audit, isSubscriber: false)
    let coverage = FHIREnrolledCoverage(FHIRElement(resource: value))
    member.isTest = coverage.root.isMarked("HTEST")
    let references = try FHIRReferences(of: coverage.root, base: found.fullURL, index: index, source: source)
    do throws(FHIRProblem) {
      try coverage.fill(&member, references)
    } catch {
      member.problems = error.all.map { problem in
        StatedProblem(location: SourceLocation(.record, found.number, element: problem.place), reason: problem.reason)
      }
    }
    return member
  }
}

extension FHIREnrollmentReader {
  private static func unreadable(_ found: FHIRScanner.Found, _ reason: String) -> MemberMaintenance {
    let location = SourceLocation(.record, found.number)
    var member = MemberMaintenance(location: location, type: .audit, isSubscriber: false)
    member.problems = [StatedProblem(location: location, reason: reason)]
    return member
  }
}

/// A Coverage as an enrollment.
private struct FHIREnrolledCoverage {
  let root: FHIRElement

  init(_ root: FHIRElement) {
    self.root = root
  }

  /// HD03 by the kind of policy (v3-ActCode). A kind that is not here is no health coverage.
  private static let lines = [
    "EHCPOL": "HLT", "HSAPOL": "HLT", "HIP": "HLT", "HMO": "HMO", "PPO": "PPO", "POS": "POS", "EPO": "EPO",
    "DENTAL": "DEN", "DENTPRG": "DEN", "VISPOL": "VIS", "DRUGPOL": "PDG",
  ]

  /// - Throws: `FHIRProblem` with all problems of the resource and of its Patient.
  func fill(_ member: inout MemberMaintenance, _ references: FHIRReferences) throws(FHIRProblem) {
    let problems = FHIRProblemList()
    problems.attempt { () throws(FHIRProblem) in try root.refuseModifiers() }
    let person = problems.attempt { () throws(FHIRProblem) in try self.person(references) }
    let numbers = problems.attempt { () throws(FHIRProblem) in try self.numbers }
    let location = member.location
    let coverage = problems.attempt { () throws(FHIRProblem) in try self.coverage(at: location) }
    guard let person, let numbers, let coverage else { return try problems.result(nil) }
    try problems.result(())
    member.type = coverage.type
    (member.isSubscriber, member.name, member.birthDate) = (person.isSubscriber, person.name, person.birthDate)
    (member.subscriberID, member.ownID) = numbers
    member.coverages = [coverage]
    member.digest = references.digest(of: root, prefix: "enroll~\(version)~")
  }

  private struct Person {
    let isSubscriber: Bool
    let name: PersonName
    let birthDate: CalendarDate?
  }

  private func person(_ references: FHIRReferences) throws(FHIRProblem) -> Person {
    guard let person = try references.resource("beneficiary", of: root) else {
      throw root.problem("beneficiary", "it does not say whose coverage it is")
    }
    guard person.place == "Patient" else { throw root.problem("beneficiary", "it must be a Patient") }
    let problems = FHIRProblemList()
    problems.attempt { () throws(FHIRProblem) in try person.refuseModifiers() }
    let relationship = problems.attempt { () throws(FHIRProblem) in
      let holder = try references.resource("subscriber", of: root)
      return try FHIRCoverage.relationship(root, isSelf: holder?.value == person.value)
    }
    let name = problems.attempt { () throws(FHIRProblem) in
      guard let name = try person.personName() else { throw person.problem("name", "the person is not named") }
      return name
    }
    let birthDate = problems.attempt { () throws(FHIRProblem) in try person.day("birthDate") }
    guard let relationship, let name, let birthDate else { return try problems.result(nil) }
    return try problems.result(Person(isSubscriber: relationship == "self", name: name, birthDate: birthDate))
  }

  /// The subscriber's number, and the person's own if it is another one.
  private var numbers: (subscriber: MemberID, own: MemberID?) {
    get throws(FHIRProblem) {
      let own = try FHIRClaim.chosen(root.list("identifier"), type: "MB")
      let ownNumber = root.has("subscriberId") ? try own?.text("value") : nil
      return (try FHIRCoverage.memberID(root), ownNumber.map { MemberID($0) })
    }
  }

  private func coverage(at location: SourceLocation) throws(FHIRProblem) -> MemberMaintenance.StatedCoverage {
    let problems = FHIRProblemList()
    let type = problems.attempt { () throws(FHIRProblem) in try maintenance }
    let days = problems.attempt { () throws(FHIRProblem) in try self.days(type) }
    let line = problems.attempt { () throws(FHIRProblem) in try self.line }
    let plan = problems.attempt { () throws(FHIRProblem) in try FHIRCoverage.named("plan", in: root) }
    let group = problems.attempt { () throws(FHIRProblem) in try FHIRCoverage.named("group", in: root) }
    guard let type, let days, let line, let plan, let group else { return try problems.result(nil) }
    return try problems.result(
      MemberMaintenance.StatedCoverage(
        location: location, type: type, line: line, plan: plan, first: days.first, last: days.last, groupNumber: group))
  }

  /// What makes the same words at another time another statement.
  private var version: String {
    let meta = root.value["meta"]
    return [meta?["versionId"]?.text, meta?["lastUpdated"]?.text].compactMap(\.self).joined(separator: " ")
  }

  private var maintenance: MaintenanceType {
    get throws(FHIRProblem) {
      switch try root.text("status") {
      case "active": .audit
      case "cancelled": .terminate
      case "entered-in-error": .delete
      default: throw root.problem("status", "must be active, cancelled or entered-in-error")
      }
    }
  }

  /// - Parameter type: nil if it is unknown, and with it which day is required.
  private func days(
    _ type: MaintenanceType?
  ) throws(FHIRProblem) -> (first: CalendarDate?, last: CalendarDate?) {
    let period = try root.child("period")
    let (first, last) = (try period?.day("start"), try period?.day("end"))
    switch type {
    case .audit: if first == nil { throw root.problem("period.start", "the first day is missing") }
    case .terminate: if last == nil { throw root.problem("period.end", "the last day is missing") }
    default: break
    }
    return (first, last)
  }

  private var line: String {
    get throws(FHIRProblem) {
      guard let kind = try root.codeIfAny("type", of: .act)?.code else { return "of a kind that it does not say" }
      return Self.lines[kind] ?? "no health coverage"
    }
  }
}
