/// A claim as the provider sent it, read but not yet verified. Nothing here is checked against plans or members.
package struct SubmittedClaim: Hashable, Sendable, Codable {
  package var kind: ClaimKind
  package var claimNumber: ClaimNumber
  package var payer: Payer
  package var payerSequence: PayerSequence
  package var frequency: ClaimFrequency
  /// REF*F8, the number that we gave the claim that this one replaces or voids.
  package var payerControlNumber: String?
  /// REF*G1.
  package var priorAuthorization: String?
  /// BHT06; nil for a claim that requests payment.
  package var purpose: ClaimPurpose?
  /// Whether this is test data (ISA15 is T); nil in production. A test claim is distinct from the same claim in
  /// production.
  package var isTest: Bool?
  /// CLM08, whether the member has assigned the benefits to the provider; nil when the format does not specify it.
  package var assignsBenefits: Bool?
  /// CLM11, related causes for which another party may be liable: AA, EM, or OA. Nil when there are none.
  package var relatedCauses: [String]?
  /// The NUBC value code that says another payer pays before us; nil when there is none.
  package var earlierPayer: String?
  /// What an institutional claim says about the days of its stay; nil when it says nothing.
  package var stay: FacilityStay?
  /// CN1 of type 09: the amount that the provider must accept from the previous payer as payment in full, for lines
  /// that do not specify it themselves.
  package var acceptedInFull: Money?
  /// DTP*090 or 091: the care after an operation was transferred from one provider to another.
  package var sharesCareAfter: Bool?
  /// CLM05-1: the place of service (professional) or the first two digits of the type of bill (institutional).
  package var facilityCode: String
  /// CLM02.
  package var charge: Money
  package var billingProvider: Provider
  package var renderingProvider: Provider?
  package var subscriber: Subscriber
  package var patient: Patient
  /// ICD codes without the dot, principal diagnosis first.
  package var diagnoses: [String]
  /// DTP*434 on institutional claims.
  package var statementDates: DateRange?
  /// The other payers that the claim names, including those that have not decided; nil when it names none.
  package var otherPayers: [OtherPayer]?
  package var lines: [ServiceLine]
  /// Nil for a claim as it was sent. Never read from a provider's file.
  package var revision: ClaimRevision?
  /// The trading partner whose checks apply to the claim; nil when its format names none. The sender is not part of the
  /// claim's identity: the same claim from another sender is the same claim.
  package var sender: ClaimSender?
  /// SHA-256 of this claim's own content, as 64 hex digits. The same claim in another batch has the same digest.
  package var digest: String

  package init(
    kind: ClaimKind, claimNumber: ClaimNumber, payer: Payer, payerSequence: PayerSequence = .primary,
    frequency: ClaimFrequency = .original, payerControlNumber: String? = nil, priorAuthorization: String? = nil,
    facilityCode: String, charge: Money, billingProvider: Provider, renderingProvider: Provider? = nil,
    subscriber: Subscriber, patient: Patient, diagnoses: [String] = [], statementDates: DateRange? = nil,
    otherPayers: [OtherPayer]? = nil, lines: [ServiceLine], revision: ClaimRevision? = nil, sender: ClaimSender? = nil,
    purpose: ClaimPurpose? = nil, isTest: Bool? = nil, assignsBenefits: Bool? = nil, relatedCauses: [String]? = nil,
    earlierPayer: String? = nil, stay: FacilityStay? = nil,
    acceptedInFull: Money? = nil, sharesCareAfter: Bool? = nil, digest: String
  ) {
    self.acceptedInFull = acceptedInFull
    self.sharesCareAfter = sharesCareAfter
    self.purpose = purpose
    self.isTest = isTest
    self.assignsBenefits = assignsBenefits
    self.relatedCauses = relatedCauses
    self.earlierPayer = earlierPayer
    self.stay = stay
    self.kind = kind
    self.claimNumber = claimNumber
    self.payer = payer
    self.payerSequence = payerSequence
    self.frequency = frequency
    self.payerControlNumber = payerControlNumber
    self.priorAuthorization = priorAuthorization
    self.facilityCode = facilityCode
    self.charge = charge
    self.billingProvider = billingProvider
    self.renderingProvider = renderingProvider
    self.subscriber = subscriber
    self.patient = patient
    self.diagnoses = diagnoses
    self.statementDates = statementDates
    self.otherPayers = otherPayers
    self.lines = lines
    self.revision = revision
    self.sender = sender
    self.digest = digest
  }

  enum CodingKeys: String, CodingKey {
    case kind, payer, frequency, charge, subscriber, patient, diagnoses, lines, revision, sender, digest, purpose, stay
    case isTest = "is_test"
    case assignsBenefits = "assigns_benefits"
    case acceptedInFull = "accepted_in_full"
    case sharesCareAfter = "shares_care_after"
    case relatedCauses = "related_causes"
    case earlierPayer = "earlier_payer"
    case claimNumber = "claim_number"
    case payerSequence = "payer_sequence"
    case payerControlNumber = "payer_control_number"
    case priorAuthorization = "prior_authorization"
    case facilityCode = "facility_code"
    case billingProvider = "billing_provider"
    case renderingProvider = "rendering_provider"
    case statementDates = "statement_dates"
    case otherPayers = "other_payers"
  }
}

extension SubmittedClaim {
  /// The member ID of the person who was treated.
  package var memberID: MemberID { patient.memberID(subscriberID: subscriber.memberID) }

  /// Returns why the patient cannot be this person; nil when they can be.
  package func difference(from member: MemberIdentity) -> MemberIdentity.Difference? {
    guard let dependent = patient.dependent else {
      return member.difference(from: subscriber.name, born: subscriber.birthDate)
    }
    return member.difference(from: dependent.name, born: dependent.birthDate)
  }

  /// The treating provider: the line's own, else the claim's, else the billing provider.
  package func treatingProvider(of line: ServiceLine) -> Provider {
    line.renderingProvider ?? renderingProvider ?? billingProvider
  }

  /// The first day of care, used to look up coverage and the plan year.
  package var dateOfService: CalendarDate? {
    lines.compactMap(\.serviceDates?.first).min() ?? statementDates?.first
  }

  /// The last day of care, from which timely filing counts.
  package var lastDateOfService: CalendarDate? {
    [lines.compactMap(\.serviceDates?.last).max(), statementDates?.last].compactMap(\.self).max()
  }

  /// From the first day of care through the last; nil when the claim names no day.
  package var careDays: DateRange? {
    guard let first = dateOfService, let last = lastDateOfService else { return nil }
    return DateRange(first, through: last)
  }
}
