internal import ClaimsDomain

/// The loops a claim stands in: 2000A billing provider, 2000B subscriber and payer, 2000C patient. They are read once
/// and hold for every claim below them.
struct ClaimContext {
  private var billing: ProviderDraft?
  private var subscriber: PersonDraft?
  private var payerDraft: PayerDraft?
  private var patient: PersonDraft?
  private(set) var payerSequence = PayerSequence.primary
  private var groupNumber: String?
  /// PAT01; not nil as soon as there is a 2000C loop.
  private var relationship: String?

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

/// Whose a claim is, once all of it is known.
struct ClaimParties {
  var billingProvider: Provider
  var payer: Payer
  var subscriber: Subscriber
  var patient: Patient
}

extension ClaimContext {
  /// - Throws: `ClaimProblem` at the claim when one of those without whom nothing can be decided is not named.
  func parties(of claim: Int) throws(ClaimProblem) -> ClaimParties {
    if let problem { throw problem }
    guard let billingProvider = billing?.provider else {
      throw Self.missing("NM1*85", claim, "no billing provider is named (NM1*85 in loop 2010AA)")
    }
    guard let subscriber else {
      throw Self.missing("NM1*IL", claim, "no subscriber is named (NM1*IL in loop 2010BA)")
    }
    // 4010 allows a dependent a number of their own, and then some senders give only that.
    guard let memberID = subscriber.memberID ?? patient?.memberID else {
      throw Self.missing("NM109", claim, "the subscriber has no member id (NM109 in loop 2010BA)")
    }
    guard let payer else { throw Self.missing("NM1*PR", claim, "no payer is named (NM1*PR in loop 2010BB)") }
    return ClaimParties(
      billingProvider: billingProvider, payer: payer,
      subscriber: Subscriber(
        memberID: memberID, name: subscriber.name, birthDate: subscriber.birthDate, groupNumber: groupNumber,
        address: subscriber.address),
      patient: try treated(claim))
  }

  /// Without a loop 2000C the subscriber is the patient, whatever SBR02 says or leaves out.
  private func treated(_ claim: Int) throws(ClaimProblem) -> Patient {
    guard let relationship, relationship != "18" else { return .subscriber }
    guard let patient else {
      throw Self.missing("NM1*QC", claim, "the dependent who was treated is not named (NM1*QC in loop 2010CA)")
    }
    return .dependent(
      Dependent(
        relationship: relationship, name: patient.name, birthDate: patient.birthDate, address: patient.address))
  }

  private static func missing(_ element: String, _ claim: Int, _ reason: String) -> ClaimProblem {
    ClaimProblem(location: SourceLocation(.segment, claim, element: element), reason: reason)
  }
}

extension PayerSequence {
  /// Nothing said is taken as primary; A to H (payers four to eleven) and U are others.
  init(sbr01: String?) {
    self = sbr01.map { PayerSequence(rawValue: $0) ?? .other } ?? .primary
  }
}
