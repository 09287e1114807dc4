import ClaimFormats
package import ClaimOperations
package import ClaimsDomain
import Foundation

/// Reads files as the program would read them and says what is wrong with each: all of it at once, with the place and what
/// to do. It writes nothing and needs no store.
package struct FileCheck {
  /// The plans that members may be enrolled in.
  let plans: Set<PlanID>
  /// The plans that a member file without plans beside it may name; nil for any.
  let memberPlans: Set<PlanID>?
  let partners: PartnerProfiles
  let received: CalendarDate
  let stated: StatedDays?
  private let tell: (FileFinding) throws -> Void
  /// The findings of the current file so far. An error above a claim concerns every claim below it and is reported once.
  private var told: Set<[String]> = []
  private var file: CheckedFile
  /// The findings of the last claim, until it is known whether the next claim has them, too.
  var held: [FileFinding] = []

  /// The most findings to remember. Beyond it, one may be reported twice.
  private static let memory = 20_000

  /// - Parameters:
  ///   - plans: the plans that members may be enrolled in.
  ///   - memberPlans: the plans that a member file without plans beside it may name; nil for any.
  ///   - partners: the profiles that claims are checked by.
  ///   - received: the day that claims count as received.
  ///   - stated: takes that day from each claim's file instead; nil where it does not count.
  ///   - tell: receives each finding as soon as it is made.
  package init(
    plans: some Sequence<PlanID>, memberPlans: Set<PlanID>?, partners: PartnerProfiles, received: CalendarDate,
    stated: StatedDays? = nil,
    tell: @escaping (FileFinding) throws -> Void
  ) {
    (self.plans, self.partners, self.received, self.tell) = (Set(plans), partners, received, tell)
    self.stated = stated
    self.memberPlans = memberPlans
    file = CheckedFile(name: "")
  }

  /// Checks one file.
  ///
  /// - Throws: `InputError` when this machine runs short of a resource; any error from `tell`.
  package mutating func check(_ source: ClaimSource) throws -> CheckedFile {
    begin(source.name)
    do {
      try read(source)
    } catch let error as InputError where !error.isShortage {
      try noteHeld()
      try note(
        FileFinding(
          file: source.name, place: nil, what: "it cannot be read: \(error)",
          advice: "check that it is there and that you may read it"))
    }
    return file
  }

  /// Reports a path at which there is nothing to check.
  ///
  /// - Throws: any error from `tell`.
  package mutating func refuse(_ path: String, because reason: String) throws -> CheckedFile {
    begin(path)
    let prefix = "\(path): "
    try note(
      FileFinding(
        file: path, place: nil, what: reason.hasPrefix(prefix) ? String(reason.dropFirst(prefix.count)) : reason))
    return file
  }

  private mutating func read(_ source: ClaimSource) throws {
    switch source.path.map({ URL(fileURLWithPath: $0).pathExtension.lowercased() }) {
    case "yaml", "yml", "csv":
      if let path = source.path, try checkRuleFile(at: path) { return }
    case "xlsx", "xls", "ods":
      return try passOver(
        "spreadsheet", "a spreadsheet is not read", advice: "save it as CSV in UTF-8, with commas between the values",
        isWarning: source.isFromFolder)
    default: break
    }
    let bytes = try source.open()
    switch try ClaimFileReader(bytes, partners: partners).format {
    case .x12: try checkX12(bytes)
    case .fhir: try checkFHIR(bytes)
    case .form:
      try passOver(
        "paper form", "a paper form is read only when it is taken in",
        advice: "claims process reads it, and keeps what is in doubt for a person")
    case nil where try checkTable(bytes, source): return
    case nil where source.isFromFolder: try checkClaims(bytes, kind: "JSON claims", passesOverForeign: true)
    case .json, nil: try checkClaims(bytes, kind: "JSON claims")
    }
  }

  private mutating func checkX12(_ bytes: any ClaimBytes) throws {
    let transaction = try X12Content.firstTransaction(of: bytes)
    switch transaction {
    case "834": try checkEnrollments(bytes, kind: "X12 834")
    case "270": try checkInquiries(bytes)
    case "835": try checkRemittances(bytes)
    case "837", nil: try checkClaims(bytes, kind: "X12 837")
    case let other?:
      file.kind = "X12 \(other.prefix(8).displayed)"
      try note(
        FileFinding(
          file: file.name, place: nil, what: "no command reads X12 \(other.prefix(8).displayed)",
          advice: "837, 834, 270 and 835 are read"))
    }
  }

  private mutating func checkFHIR(_ bytes: any ClaimBytes) throws {
    switch try FHIRContent(of: bytes) {
    case .claims: try checkClaims(bytes, kind: "FHIR claims")
    case .enrollments: try checkEnrollments(bytes, kind: "FHIR Coverages")
    case .eligibilityRequest:
      try passOver(
        "FHIR CoverageEligibilityRequest", "a request is read only when it is answered",
        advice: "claims eligibility answers it")
    }
  }

  /// Reports a file that is not checked here, because another command reads it or none does.
  private mutating func passOver(
    _ kind: String, _ reason: String, advice: String, isWarning: Bool = true
  ) throws {
    conclude(kind)
    file.isRead = false
    try note(FileFinding(file: name, place: nil, what: reason, advice: advice, isWarning: isWarning))
  }

  // MARK: What the parts of a check tell

  mutating func begin(_ name: String) {
    file = CheckedFile(name: name)
    (told, held) = ([], [])
  }

  mutating func note(_ finding: FileFinding) throws {
    let words = [finding.place ?? "", finding.what]
    guard !told.contains(words) else { return }
    if told.count < Self.memory { told.insert(words) }
    if finding.isWarning { file.warnings += 1 } else { file.errors += 1 }
    try tell(finding)
  }

  mutating func noteHeld() throws {
    for finding in held { try note(finding) }
    held = []
  }

  mutating func conclude(_ kind: String, _ counts: CheckedFile.Count...) {
    file.kind = kind
    file.counts = counts.filter { $0.count > 0 }
  }

  var name: String { file.name }
  var checked: CheckedFile { file }
}
