internal import ClaimsDomain

/// A claim as JSON carries it (`Fixtures/claims/claim.schema.json`): what may be left out is optional here.
struct ClaimDocument: Codable {
  var kind: String
  var claimNumber: ClaimNumber
  var payer: Payer
  var payerSequence: String
  var frequency: ClaimFrequency
  var payerControlNumber: String?
  var priorAuthorization: String?
  var assignsBenefits: Bool
  var relatedCauses: [String]?
  var facilityCode: String
  var charge: Money
  var billingProvider: Provider
  var renderingProvider: Provider?
  var subscriber: Subscriber
  /// Absent when the subscriber was treated.
  var patient: Dependent?
  var diagnoses: [String]?
  var statementDates: DateRange?
  var lines: [LineDocument]

  enum CodingKeys: String, CodingKey {
    case kind, payer, frequency, charge, subscriber, patient, diagnoses, lines
    case claimNumber = "claim_number"
    case payerSequence = "payer_sequence"
    case payerControlNumber = "payer_control_number"
    case priorAuthorization = "prior_authorization"
    case assignsBenefits = "assigns_benefits"
    case relatedCauses = "related_causes"
    case facilityCode = "facility_code"
    case billingProvider = "billing_provider"
    case renderingProvider = "rendering_provider"
    case statementDates = "statement_dates"
  }
}
