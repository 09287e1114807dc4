import ClaimsDomain
import StrictText

/// Reads the Coverages of a FHIR R4 file, each with its Patient, in constant memory. Each says what is in force now, as an
/// audit of an 834 does: coverage of the plan in or next to its days is replaced.
package struct FHIREnrollmentReader {
  private let source: any ClaimBytes
  private let index: FHIRIndex
  private var scanner: FHIRScanner
  private var hasCoverage = false
  private var hasEnded = false

  /// - Throws: `InputError` when the source cannot be read.
  package init(_ source: any ClaimBytes) throws(InputError) {
    self.source = source
    index = try FHIRIndex(of: source)
    scanner = FHIRScanner(source)
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
      let place = scanner.number > 0 ? SourceLocation(.record, scanner.number) : nil
      return FileFault(
        at: place, what: "the file is cut off after this record", advice: "ask the sender for a whole file")
    }
    guard !hasCoverage else { return nil }
    return FileFault(
      what: "this FHIR file holds no Coverage; it begins with \(index.firstType ?? "nothing")",
      advice: "send Coverages together with their Patients")
  }

  private func member(_ found: FHIRScanner.Found, _ range: Range<Int>) throws(InputError) -> MemberMaintenance {
    guard range.count <= FHIRLimits.resourceLength else {
      return Self.unreadable(found, "the record is longer than \(FHIRLimits.resourceLength) bytes")
    }
    let bytes = try source.bytes(in: range)
    let value: FHIRValue
    do throws(StrictJSON.Defect) {
      value = try FHIRValue(parsing: bytes)
    } catch {
      return Self.unreadable(found, "the record \(error.reason)")
    }
    var member = MemberMaintenance(
      location: SourceLocation(.record, found.number), type: .audit, isSubscriber: false)
    let coverage = FHIREnrolledCoverage(FHIRElement(resource: value))
    let references = try FHIRReferences(of: coverage.root, base: found.fullURL, index: index, source: source)
    do throws(FHIRProblem) {
      try coverage.fill(&member, references)
    } catch {
      member.problem = StatedProblem(
        location: SourceLocation(.record, found.number, element: error.place), reason: error.reason)
    }
    return member
  }
}

extension FHIREnrollmentReader {
  private static func unreadable(_ found: FHIRScanner.Found, _ reason: String) -> MemberMaintenance {
    let location = SourceLocation(.record, found.number)
    var member = MemberMaintenance(location: location, type: .audit, isSubscriber: false)
    member.problem = StatedProblem(location: location, reason: reason)
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

  func fill(_ member: inout MemberMaintenance, _ references: FHIRReferences) throws(FHIRProblem) {
    try root.refuseModifiers()
    let type = try maintenance
    guard let person = try references.resource("beneficiary", of: root) else {
      throw root.problem("beneficiary", "it does not say whose coverage it is")
    }
    try person.refuseModifiers()
    guard person.place == "Patient" else { throw root.problem("beneficiary", "it must be a Patient") }
    let holder = try references.resource("subscriber", of: root)
    let relationship = try FHIRCoverage.relationship(root, isSelf: holder?.value == person.value)
    let own = try FHIRClaim.chosen(root.list("identifier"), type: "MB")
    member.type = type
    member.isSubscriber = relationship == "self"
    member.subscriberID = try FHIRCoverage.memberID(root)
    if root.has("subscriberId") { member.ownID = try own?.text("value").map { MemberID($0) } }
    member.name = try person.personName()
    guard member.name != nil else { throw person.problem("name", "the person is not named") }
    member.birthDate = try person.day("birthDate")
    member.digest = references.digest(of: root, prefix: "enroll~\(version)~")
    let (first, last) = try days(type)
    member.coverages = [
      MemberMaintenance.StatedCoverage(
        location: member.location, type: type, line: try line, plan: try named("plan"), first: first, last: last,
        groupNumber: try named("group"))
    ]
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

  private func days(_ type: MaintenanceType) throws(FHIRProblem) -> (CalendarDate?, CalendarDate?) {
    let period = try root.child("period")
    let (first, last) = (try period?.day("start"), try period?.day("end"))
    switch type {
    case .audit: if first == nil { throw root.problem("period.start", "the first day is missing") }
    case .terminate: if last == nil { throw root.problem("period.end", "the last day is missing") }
    default: break
    }
    return (first, last)
  }

  /// The plan or the group that the Coverage names: its class of that type.
  private func named(_ type: String) throws(FHIRProblem) -> String? {
    for part in try root.list("class") {
      if try part.codeIfAny("type", of: .coverageClass)?.code == type { return try part.text("value") }
    }
    return nil
  }

  private var line: String {
    get throws(FHIRProblem) {
      guard let kind = try root.codeIfAny("type", of: .act)?.code else { return "of a kind that it does not say" }
      return Self.lines[kind] ?? "no health coverage"
    }
  }
}
