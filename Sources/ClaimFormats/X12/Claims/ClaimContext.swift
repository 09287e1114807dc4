internal import ClaimsDomain

/// The loops that contain a claim: 2000A billing provider, 2000B subscriber and payer, 2000C patient. They are read
/// once and apply to every claim below them.
struct ClaimContext {
  private(set) var billing: ProviderDraft?
  private(set) var subscriber: PersonDraft?
  private(set) var payerDraft: PayerDraft?
  private(set) var patient: PersonDraft?
  private(set) var payerSequence: PayerSequence?
  private(set) var groupNumber: String?
  /// SBR02 of loop 2000B: 18 when the subscriber is the patient.
  private(set) var patientIs: String?
  /// SBR09 of loop 2000B.
  private(set) var filing: String?
  /// PAT01; not nil once there is a 2000C loop.
  private(set) var relationship: String?

  /// HL01 of the billing provider and of the subscriber.
  private var billingHL: String?
  private var subscriberHL: String?
  private var level = Level.header
  private var party = Party.other
  private var headerProblems = ClaimProblems()
  /// BHT06, for the whole transaction.
  private(set) var purpose: ClaimPurpose?
  /// Whether REF*87 of 4010 names the guide's pilot (004010X098DA1, 004010X096DA1).
  private(set) var isPilot = false
  private var billingProblems = ClaimProblems()
  private var subscriberProblems = ClaimProblems()
  private var patientProblems = ClaimProblems()

  private enum Level { case header, billing, subscriber, patient }
  private enum Party { case billing, subscriber, payer, patient, other }

  /// The problem that broke the hierarchy. Segments after it may belong to another person or provider.
  private(set) var loss: ClaimProblem?

  /// The problems in the loops of all open levels, the highest first.
  var problems: [ClaimProblem] {
    headerProblems.all + [loss].compactMap(\.self) + billingProblems.all + subscriberProblems.all + patientProblems.all
  }

  /// The first of the problems.
  var problem: ClaimProblem? {
    headerProblems.first ?? loss ?? billingProblems.first ?? subscriberProblems.first ?? patientProblems.first
  }

  var payer: Payer? { payerDraft?.payer }

  /// HL01 of a level that may be a parent; nil for other levels.
  var number: String? {
    switch level {
    case .billing: billingHL
    case .subscriber: subscriberHL
    case .header, .patient: nil
    }
  }

  /// Whether the parent that a level names is currently open.
  func isOpen(_ parent: String, below level: X12Code) -> Bool {
    level == "22" ? parent == billingHL : level == "23" ? parent == subscriberHL : true
  }

  mutating func note(_ problem: ClaimProblem) {
    switch level {
    case .header: headerProblems.note(problem)
    case .billing: billingProblems.note(problem)
    case .subscriber: subscriberProblems.note(problem)
    case .patient: patientProblems.note(problem)
    }
  }

  /// Notes a problem in a loop of this level or one above it.
  mutating func note(_ problem: ClaimProblem, of scope: ImplementationGuide.Scope) {
    switch scope {
    case .header: headerProblems.note(problem)
    case .billing: billingProblems.note(problem)
    case .subscriber: subscriberProblems.note(problem)
    case .patient, .claim: patientProblems.note(problem)
    }
  }

  /// Notes that a segment shows an HL to be missing or damaged. The hierarchy is recovered at the next billing
  /// provider, or at the next subscriber that names the known billing provider as its parent.
  mutating func lose(by problem: ClaimProblem) {
    if loss == nil { loss = problem }
  }

  /// Opens a new branch of the hierarchy (HL03: 20, 22, 23) and discards what was below the previous one.
  ///
  /// - Returns: The digest level that begins here.
  mutating func open(hl: X12Segment) -> ClaimDigest.Level {
    party = .other
    switch hl.flaw == nil ? hl.code(3) : .empty {
    case "20":
      let (header, purpose, isPilot) = (headerProblems, purpose, isPilot)
      self = ClaimContext()
      (headerProblems, self.purpose, self.isPilot) = (header, purpose, isPilot)
      billingHL = hl.text(1)
      level = .billing
      return .billing
    case "22":
      if loss != nil, hl.text(2) != nil, hl.text(2) == billingHL { loss = nil }
      openSubscriber()
      subscriberHL = hl.text(1)
      missParent(hl, billingHL)
      return .subscriber
    case "23":
      openPatient()
      missParent(hl, subscriberHL)
      return .patient
    default:
      lose(by: hl.problem(3, "the hierarchical level is none of 20, 22 and 23"))
      return .patient
    }
  }

  /// Notes a parent that is missing or is not the open level.
  private mutating func missParent(_ hl: X12Segment, _ open: String?) {
    guard loss == nil, hl.text(2) == nil || hl.text(2) != open else { return }
    note(hl.problem(2, "its parent is none of the levels before it"))
  }

  private mutating func openSubscriber() {
    openPatient()
    relationship = nil
    subscriber = nil
    subscriberHL = nil
    payerDraft = nil
    payerSequence = nil
    groupNumber = nil
    patientIs = nil
    filing = nil
    subscriberProblems = ClaimProblems()
    level = .subscriber
  }

  private mutating func openPatient() {
    patient = nil
    relationship = ""
    patientProblems = ClaimProblems()
    level = .patient
  }

  /// Whether the code is HL03 of a level of an 837.
  static func isLevel(_ code: X12Code) -> Bool { code == "20" || code == "22" || code == "23" }

  /// Whether an unknown segment can be ignored: above the subscriber, no segment that may have been lost changes what
  /// is owed. Also leaves the current party, since the segments that follow may concern another one.
  mutating func ignoresUnknown() -> Bool {
    party = .other
    return level == .header || level == .billing
  }

  mutating func take(_ segment: X12Segment) throws(ClaimProblem) {
    switch segment.name {
    case "BHT": try take(bht: segment)
    case "REF" where level == .header:
      if segment.code(1) == "87", segment.word(2)?.contains("D") == true { isPilot = true }
    case "CUR": try take(cur: segment)
    case "NM1": open(nm1: segment)
    case "SBR" where level != .billing && level != .header: try take(sbr: segment)
    case "PAT" where level == .patient: relationship = segment.text(1) ?? ""
    case "N3", "N4", "DMG", "REF": try takeDetail(segment)
    default: break
    }
  }

  /// - Throws: `ClaimProblem` when BHT06 does not state the purpose of the claims.
  private mutating func take(bht segment: X12Segment) throws(ClaimProblem) {
    guard let word = segment.word(6) else { throw segment.problem(6, "it does not say what the claims are for") }
    if word == "CH" { return }
    purpose = ClaimPurpose(rawValue: word)
    if purpose == nil { throw segment.problem(6, "claims for this purpose are not known here") }
  }

  /// Checks that the currency is dollars, since all amounts are read as dollars.
  private func take(cur segment: X12Segment) throws(ClaimProblem) {
    guard segment.word(2) == "USD" else { throw segment.problem(2, "its amounts are not in United States dollars") }
  }

  private mutating func take(sbr segment: X12Segment) throws(ClaimProblem) {
    party = .other
    payerSequence = try PayerSequence(sbr: segment)
    groupNumber = segment.text(3)
    patientIs = segment.word(2)
    filing = segment.word(9)
  }

  private mutating func open(nm1 segment: X12Segment) {
    switch (level, segment.code(1)) {
    case (.billing, "85"):
      billing = ProviderDraft(nm1: segment)
      party = .billing
    case (.subscriber, "IL"):
      subscriber = PersonDraft(nm1: segment)
      party = .subscriber
    case (.subscriber, "PR"), (.patient, "PR"):
      payerDraft = PayerDraft(nm1: segment)
      party = .payer
    case (.patient, "QC"):
      patient = PersonDraft(nm1: segment)
      party = .patient
    default:
      // The pay-to address, responsible party, and others; their addresses and numbers are not used.
      party = .other
    }
  }

  private mutating func takeDetail(_ segment: X12Segment) throws(ClaimProblem) {
    switch party {
    case .billing: billing?.take(segment)
    case .subscriber: try subscriber?.take(segment)
    case .patient: try patient?.take(segment)
    case .payer, .other: break
    }
  }
}
