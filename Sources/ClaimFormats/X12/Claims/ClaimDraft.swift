internal import ClaimsDomain

/// Loop 2300 and its contents as they are read, from a CLM to the next CLM or HL.
struct ClaimDraft {
  /// The segment number of the CLM.
  let number: Int
  private(set) var claimNumber: ClaimNumber?
  private(set) var charge: Money?
  let facilityCode: String
  /// Nil when missing, which is a problem.
  let frequency: ClaimFrequency?
  private(set) var payerControlNumber: String?
  private(set) var priorAuthorization: String?
  private(set) var rendering: ProviderDraft?
  private(set) var principal: [String] = []
  private(set) var otherDiagnoses: [String] = []
  private(set) var statementDates: DateRange?
  private(set) var serviceDates: DateRange?
  private(set) var acceptedInFull: Money?
  private(set) var sharesCareAfter: Bool?

  /// The other payers, whether or not they have adjudicated the claim.
  private(set) var otherPayers: [OtherPayerDraft] = []

  private(set) var kind: ServiceKind?
  private(set) var lines: [LineDraft] = []
  /// The number of lines, including those past the limit, which are not kept.
  private(set) var lineCount = 0
  private var lineHasService = false
  private var loop = Loop.claim

  private(set) var problems = ClaimProblems()
  private(set) var hasLostSegment = false

  /// CLM08.
  let assignsBenefits: Bool
  private(set) var codes = BillingCodesDraft()

  private enum Loop {
    /// 2300.
    case claim
    /// 2310 of a provider that is used: NM1*82.
    case rendering
    /// Other loops 2310.
    case otherParty
    /// 2320 and 2330: the claim as seen by another payer.
    case otherSubscriber
    /// 2400.
    case line
    /// 2420A of a provider that is used: NM1*82.
    case lineRendering
    /// 2410 to 2440.
    case lineDetail
  }

  init(clm segment: X12Segment) {
    number = segment.number
    facilityCode = segment.word(5, component: 1) ?? ""
    frequency = segment.word(5, component: 3).map { ClaimFrequency($0) }
    assignsBenefits = segment.word(8) == "Y"
    codes.take(clm: segment)
    guard segment.flaw == nil else { return }
    claimNumber = problems.value(
      try Self.claimNumber(segment), orElse: segment.problem(1, "the claim has no number"))
    charge = problems.value(try segment.charge(2), orElse: segment.problem(2, "the claim has no charge"))
    if frequency == nil { problems.note(segment.problem(5, component: 3, "the claim does not say its frequency")) }
  }

  private static func claimNumber(_ segment: X12Segment) throws(ClaimProblem) -> ClaimNumber? {
    guard let text = segment.text(1) else { return nil }
    guard text.utf8.count <= X12Limits.claimNumberLength else {
      throw segment.problem(1, "the claim's number is longer than \(X12Limits.claimNumberLength) characters")
    }
    return ClaimNumber(text)
  }

  mutating func note(_ problem: ClaimProblem) {
    problems.note(problem)
  }

  /// Notes a segment that cannot be read. It may have been any, such as a line.
  mutating func lose(by problem: ClaimProblem) {
    problems.note(problem)
    hasLostSegment = true
  }

  /// Whether the segment belongs above a claim, which means that the HL before it was lost. The segments that follow
  /// may be about another person.
  func isMisplaced(_ segment: X12Segment) -> Bool {
    let isInLine = loop == .line || loop == .lineDetail || loop == .lineRendering
    switch segment.name {
    case "SBR": return isInLine
    case "PAT": return true
    case "NM1":
      let entity = segment.code(1)
      return isInLine && (entity == "85" || entity == "IL" || entity == "QC")
    default: return false
    }
  }

  mutating func take(_ segment: X12Segment) throws(ClaimProblem) {
    switch segment.name {
    case "LX": try openLine(segment)
    case "SV1", "SV2", "SV3": try takeService(segment)
    case "SBR": try openOtherPayer(segment)
    case "AMT", "CAS", "SVD": takeOtherPayer(segment)
    case "NM1": open(nm1: segment)
    case "DTP": try take(dtp: segment)
    case "REF", "N3", "N4": takeDetail(segment)
    case "CN1" where loop == .line: try updateLine { line throws(ClaimProblem) in try line.take(cn1: segment) }
    case "CN1" where loop == .claim: if segment.code(1) == "09" { acceptedInFull = try segment.charge(2) }
    case "HI" where loop == .claim:
      takeDiagnoses(segment)
      try codes.take(hi: segment)
    case "CL1" where loop == .claim: codes.take(cl1: segment)
    case "QTY" where loop == .claim: codes.take(qty: segment)
    // 2410, 2430, and 2440: details of a line that are not the line itself.
    case "LIN", "LQ": if loop == .line || loop == .lineRendering { loop = .lineDetail }
    default: break
    }
  }

  private mutating func open(nm1 segment: X12Segment) {
    switch loop {
    case .claim, .rendering, .otherParty:
      loop = segment.code(1) == "82" ? .rendering : .otherParty
      if loop == .rendering { rendering = ProviderDraft(nm1: segment) }
    case .otherSubscriber: updateOtherPayer { $0.take(nm1: segment) }
    case .line, .lineRendering, .lineDetail:
      loop = segment.code(1) == "82" ? .lineRendering : .lineDetail
      if loop == .lineRendering { updateLine { $0.open(rendering: segment) } }
    }
  }

  private mutating func take(dtp segment: X12Segment) throws(ClaimProblem) {
    switch loop {
    case .claim, .rendering, .otherParty:
      if segment.code(1) == "434" { statementDates = try segment.dates(3) }
      if segment.code(1) == "090" || segment.code(1) == "091" { sharesCareAfter = true }
      if segment.code(1) == "472" { serviceDates = try segment.dates(3) }
      try codes.take(dtp: segment)
    case .line, .lineRendering, .lineDetail: try updateLine { line throws(ClaimProblem) in try line.take(dtp: segment) }
    case .otherSubscriber:
      guard !otherPayers.isEmpty else { return }
      try otherPayers[otherPayers.count - 1].take(dtp: segment)
    }
  }

  private mutating func takeDetail(_ segment: X12Segment) {
    switch loop {
    case .claim, .rendering, .otherParty: break
    case .line: return updateLine { $0.take(ref: segment) }
    case .lineRendering: return updateLine { $0.takeRendering(segment) }
    case .otherSubscriber, .lineDetail: return
    }
    switch (segment.name, segment.code(1)) {
    case ("REF", "F8"): payerControlNumber = segment.text(2)
    case ("REF", "G1"): priorAuthorization = segment.text(2)
    case ("REF", "Y4"): codes.take(ref: segment)
    default: if loop == .rendering { rendering?.take(segment) }
    }
  }

  /// Reads diagnoses: BK and ABK principal, BF and ABF other. Admitting diagnoses, reasons for the visit, and external
  /// causes do not affect the decision.
  private mutating func takeDiagnoses(_ segment: X12Segment) {
    for element in 1...max(1, segment.elementCount) {
      guard let code = segment.word(element, component: 2) else { continue }
      guard principal.count + otherDiagnoses.count < X12Limits.diagnoses else { return }
      let plain = code.contains(".") ? String(code.filter { $0 != "." }) : code
      switch segment.code(element, component: 1) {
      case "BK", "ABK": principal.append(plain)
      case "BF", "ABF": otherDiagnoses.append(plain)
      default: break
      }
    }
  }

  // MARK: Other payers

  private mutating func openOtherPayer(_ segment: X12Segment) throws(ClaimProblem) {
    loop = .otherSubscriber
    if otherPayers.count <= X12Limits.otherPayers { otherPayers.append(try OtherPayerDraft(sbr: segment)) }
  }

  /// Never rejects a claim. An unreadable amount counts as absent, so the other payer's decision does not balance, and
  /// a person reviews the claim before anything is paid on the basis of that decision.
  private mutating func takeOtherPayer(_ segment: X12Segment) {
    switch (loop, segment.name) {
    case (.otherSubscriber, _): updateOtherPayer { $0.take(segment) }
    case (.line, "SVD"), (.lineDetail, "SVD"), (.lineRendering, "SVD"):
      loop = .lineDetail
      updateLine { $0.take(svd: segment) }
    case (.lineDetail, "CAS"): updateLine { $0.take(cas: segment) }
    default: break
    }
  }

  private mutating func updateOtherPayer(_ update: (inout OtherPayerDraft) -> Void) {
    guard !otherPayers.isEmpty else { return }
    update(&otherPayers[otherPayers.count - 1])
  }

  // MARK: Lines

  private mutating func openLine(_ segment: X12Segment) throws(ClaimProblem) {
    loop = .line
    lineCount += 1
    lineHasService = false
    let sent = segment.name == "LX" ? segment.bytes(1).decimal.flatMap { (1...999_999).contains($0) ? $0 : nil } : nil
    if lineCount <= ClaimKind.institutional.lineLimit { lines.append(LineDraft(number: sent ?? 0, begunBy: segment)) }
    guard sent != nil else { throw segment.problem(1, "the line has no number from 1 to 999999 (LX01)") }
  }

  private mutating func takeService(_ segment: X12Segment) throws(ClaimProblem) {
    // A service without an LX before it still counts as a line, so that no billed service is dropped.
    if loop != .line || lineHasService { try openLine(segment) }
    lineHasService = true
    let serviceKind = ServiceKind(segment.name)
    kind = kind ?? serviceKind
    guard serviceKind == kind else { throw segment.problem("services of several kinds (SV1, SV2, SV3) in one claim") }
    guard lineCount == lines.count else { return }
    switch serviceKind {
    case .billable(.professional): lines[lineCount - 1].take(sv1: segment, &problems)
    case .billable(.institutional): lines[lineCount - 1].take(sv2: segment, &problems)
    case .dental, nil: break
    }
  }

  private mutating func updateLine<Failure: Error>(
    _ update: (inout LineDraft) throws(Failure) -> Void
  ) throws(Failure) {
    guard lineCount == lines.count, !lines.isEmpty else { return }
    try update(&lines[lines.count - 1])
  }
}
