internal import ClaimsDomain

/// The loops a claim stands in: 2000A billing provider, 2000B subscriber and payer, 2000C patient. They are read once
/// and hold for every claim below them.
struct ClaimContext {
  private(set) var billing: ProviderDraft?
  private(set) var subscriber: PersonDraft?
  private(set) var payerDraft: PayerDraft?
  private(set) var patient: PersonDraft?
  private(set) var payerSequence = PayerSequence.primary
  private(set) var groupNumber: String?
  /// PAT01; not nil as soon as there is a 2000C loop.
  private(set) var relationship: String?

  /// HL01 of the billing provider.
  private var billingHL: String?
  private var level = Level.header
  private var party = Party.other
  private var billingProblem: ClaimProblem?
  private var subscriberProblem: ClaimProblem?
  private var patientProblem: ClaimProblem?

  private enum Level { case header, billing, subscriber, patient }
  private enum Party { case billing, subscriber, payer, patient, other }

  /// Where the hierarchy was lost: what follows may be another person's or provider's.
  private var loss: ClaimProblem?

  /// The first thing wrong in any of the loops.
  var problem: ClaimProblem? { loss ?? billingProblem ?? subscriberProblem ?? patientProblem }

  var payer: Payer? { payerDraft?.payer }

  mutating func note(_ problem: ClaimProblem) {
    switch level {
    // The header, BHT and loops 1000, belongs to no claim.
    case .header: break
    case .billing: billingProblem = billingProblem ?? problem
    case .subscriber: subscriberProblem = subscriberProblem ?? problem
    case .patient: patientProblem = patientProblem ?? problem
    }
  }

  /// A segment shows that an HL is missing or spoilt. Found again with the next billing provider, or the next subscriber
  /// who names the one we know as parent.
  mutating func lose(by problem: ClaimProblem) {
    if loss == nil { loss = problem }
  }

  /// A new branch of the hierarchy (HL03: 20, 22, 23); what was below the one before is gone.
  ///
  /// - Returns: the level of the digest that begins here.
  mutating func open(hl: X12Segment) -> ClaimDigest.Level {
    party = .other
    switch hl.flaw == nil ? hl.code(3) : .empty {
    case "20":
      self = ClaimContext()
      billingHL = hl.text(1)
      level = .billing
      return .billing
    case "22":
      if loss != nil, hl.text(2) != nil, hl.text(2) == billingHL { loss = nil }
      openSubscriber()
      return .subscriber
    case "23":
      openPatient()
      return .patient
    default:
      lose(by: hl.problem(3, "the hierarchical level is none of 20, 22 and 23"))
      return .patient
    }
  }

  private mutating func openSubscriber() {
    openPatient()
    relationship = nil
    subscriber = nil
    payerDraft = nil
    payerSequence = .primary
    groupNumber = nil
    subscriberProblem = nil
    level = .subscriber
  }

  private mutating func openPatient() {
    patient = nil
    relationship = ""
    patientProblem = nil
    level = .patient
  }

  /// HL03 of the levels of an 837.
  static func isLevel(_ code: X12Code) -> Bool { code == "20" || code == "22" || code == "23" }

  /// Above the subscriber nothing that could have been lost changes what is owed. What follows it may be about another
  /// party than the one before.
  mutating func ignoresUnknown() -> Bool {
    party = .other
    return level == .header || level == .billing
  }

  mutating func take(_ segment: X12Segment) throws(ClaimProblem) {
    switch segment.name {
    case "NM1": open(nm1: segment)
    case "SBR" where level != .billing && level != .header: take(sbr: segment)
    case "PAT" where level == .patient: relationship = segment.text(1) ?? ""
    case "N3", "N4", "DMG", "REF": try takeDetail(segment)
    default: break
    }
  }

  private mutating func take(sbr segment: X12Segment) {
    payerSequence = PayerSequence(sbr01: segment.text(1))
    groupNumber = segment.text(3)
    party = .other
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
      // Pay-to address, responsible party and others: their addresses and numbers are not for us.
      party = .other
    }
  }

  private mutating func takeDetail(_ segment: X12Segment) throws(ClaimProblem) {
    switch party {
    case .billing: billing?.take(segment)
    case .subscriber: try subscriber?.take(segment)
    case .payer: payerDraft?.take(segment)
    case .patient: try patient?.take(segment)
    case .other: break
    }
  }
}
