import ClaimsDomain

/// A claim as represented in JSON (`Fixtures/claims/claim.schema.json`). Keys that may be left out are optional here.
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
  /// Nil when the subscriber is the patient.
  var patient: Dependent?
  var diagnoses: [String]
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

/// One service of a JSON claim.
struct LineDocument: Codable {
  /// The line's number; its position in the list when absent.
  var number: Int?
  var code: String?
  /// Required when the line has a code.
  var codeQualifier: String?
  var modifiers: [String]?
  var revenueCode: String?
  var charge: Money
  var units: Units
  var placeOfService: String?
  var serviceDates: DateRange?
  var diagnosisPointers: [Int]?

  enum CodingKeys: String, CodingKey {
    case number, code, modifiers, charge, units
    case codeQualifier = "code_qualifier"
    case revenueCode = "revenue_code"
    case placeOfService = "place_of_service"
    case serviceDates = "service_dates"
    case diagnosisPointers = "diagnosis_pointers"
  }
}

/// A claim document without a problem, or everything that is wrong with it.
struct JudgedClaimDocument: Decodable {
  /// Nil when there are problems.
  let document: ClaimDocument?
  let problems: [ClaimDocument.Problem]
  /// What can be read; nil when that is nothing.
  let outline: ClaimOutline?

  init(from decoder: any Decoder) throws {
    let hasUnknownKeys = !ClaimShape.claim.problems(in: decoder, .keys).isEmpty
    if !hasUnknownKeys, let document = try? ClaimDocument(from: decoder) {
      let outline = ClaimOutline(document)
      (problems, self.outline) = (outline.problems(), outline)
      self.document = problems.isEmpty ? document : nil
      return
    }
    document = nil
    outline = try? ClaimOutline(from: decoder)
    let all = ClaimShape.claim.problems(in: decoder, .all) + (outline?.problems() ?? [])
    problems = all.isEmpty ? [ClaimDocument.Problem(path: "", reason: "the record cannot be read")] : all
  }
}
