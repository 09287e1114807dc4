internal import ClaimsDomain

/// One service of a JSON claim.
struct LineDocument: Codable {
  /// Its place in the list when absent.
  var number: Int?
  var code: String?
  /// Of a line with a code.
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
