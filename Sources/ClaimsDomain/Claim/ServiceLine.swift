/// One service of a claim: loop 2400, SV1 (professional) or SV2 (institutional).
package struct ServiceLine: Hashable, Sendable, Codable {
  /// LX01, from 1.
  package var number: Int
  /// SV101 or SV202. An institutional line may name only a revenue code.
  package var procedure: ProcedureCode?
  /// SV201, four digits including the leading zero.
  package var revenueCode: String?
  package var charge: Money
  package var units: Units
  /// SV103 or SV204: what the units count; nil when each unit is one service.
  package var basis: UnitsBasis?
  /// SV207: the part of the charge that the provider knows is not covered.
  package var nonCovered: Money?
  /// CN1 of type 09: the amount that the provider must accept from the previous payer as payment in full.
  package var acceptedInFull: Money?
  /// Loop 2420A: the treating provider, when different from the claim's.
  package var renderingProvider: Provider?
  /// REF*6R: the provider's own number for the line.
  package var controlNumber: String?
  /// SV105, else the claim's own (CLM05-1).
  package var placeOfService: String
  /// DTP*472; an institutional line without one uses the statement dates.
  package var serviceDates: DateRange?
  /// SV107: positions in the claim's diagnoses, starting at 1.
  package var diagnosisPointers: [Int]
  /// Other payers' decisions about the line; nil when no payer has decided it before us.
  package var otherPayers: [OtherPayerLine]?

  package init(
    number: Int, procedure: ProcedureCode?, revenueCode: String? = nil, charge: Money, units: Units = .one,
    placeOfService: String, serviceDates: DateRange?, diagnosisPointers: [Int] = [],
    otherPayers: [OtherPayerLine]? = nil, basis: UnitsBasis? = nil, nonCovered: Money? = nil,
    acceptedInFull: Money? = nil, renderingProvider: Provider? = nil, controlNumber: String? = nil
  ) {
    self.acceptedInFull = acceptedInFull
    self.basis = basis
    self.nonCovered = nonCovered
    self.renderingProvider = renderingProvider
    self.controlNumber = controlNumber
    self.number = number
    self.procedure = procedure
    self.revenueCode = revenueCode
    self.charge = charge
    self.units = units
    self.placeOfService = placeOfService
    self.serviceDates = serviceDates
    self.diagnosisPointers = diagnosisPointers
    self.otherPayers = otherPayers
  }

  /// The code by which people refer to the line: the procedure, else the revenue code.
  package var code: String { procedure?.code ?? revenueCode ?? "" }

  enum CodingKeys: String, CodingKey {
    case number, procedure, charge, units, basis
    case acceptedInFull = "accepted_in_full"
    case nonCovered = "non_covered"
    case renderingProvider = "rendering_provider"
    case controlNumber = "control_number"
    case revenueCode = "revenue_code"
    case placeOfService = "place_of_service"
    case serviceDates = "service_dates"
    case diagnosisPointers = "diagnosis_pointers"
    case otherPayers = "other_payers"
  }
}

/// What the units of a line count when they do not count services.
package enum UnitsBasis: String, Hashable, Sendable, Codable, CaseIterable {
  case minutes = "MJ"
  /// Days of a stay.
  case days = "DA"
}

/// The composite medical procedure identifier, C003.
package struct ProcedureCode: Hashable, Sendable, Codable {
  /// C003-1: HC is HCPCS (including CPT); ER, IV, and WK are other code sets.
  package var qualifier: String
  package var code: String
  /// C003-3 to -6.
  package var modifiers: [String]

  package init(qualifier: String = "HC", code: String, modifiers: [String] = []) {
    self.qualifier = qualifier
    self.code = code
    self.modifiers = modifiers
  }
}

extension SubmittedClaim {
  /// The dates when a line's service was given: its own dates, else the statement's (837I TR3 005010X223: DTP*472 is
  /// situational on institutional lines).
  package func serviceDates(of line: ServiceLine) -> DateRange? { line.serviceDates ?? statementDates }
}

/// A quantity in thousandths (SV104, SV205), because anesthesia minutes and drug units can have decimals.
package struct Units: Hashable, Comparable, Sendable {
  package let thousandths: Int64

  package static let one = Units(thousandths: 1_000)
  /// The maximum on a line: seven digits.
  package static let limit = Units(thousandths: 9_999_999_000)

  package init(thousandths: Int64) {
    self.thousandths = thousandths
  }

  package init(_ whole: Int) {
    thousandths = Int64(whole) * 1_000
  }

  package static func < (left: Units, right: Units) -> Bool { left.thousandths < right.thousandths }

  /// The total for a price per unit, rounded half up to the cent.
  ///
  /// - Throws: `MoneyError.overflow` when the product overflows 64 bits.
  package func priced(at price: Money) throws(MoneyError) -> Money {
    let product = try price * thousandths
    return Money(cents: Rounding.halfUp.quotient(of: product.cents, by: 1_000))
  }
}

extension Units: CustomStringConvertible, Codable {
  /// The quantity without trailing zeros, such as `1` or `2.5`.
  package var description: String {
    let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1_000)
    guard rest != 0 else { return "\(whole)" }
    var fraction = String(rest.magnitude + 1_000).dropFirst()
    while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
    return "\(thousandths < 0 && whole == 0 ? "-" : "")\(whole).\(fraction)"
  }

  /// Returns nil unless the text is a number with at most three decimals and a magnitude within `limit`.
  package init?(parsing text: some StringProtocol) {
    let isNegative = text.hasPrefix("-")
    let parts = String(isNegative ? text.dropFirst() : text[...])
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let (whole, fraction) = (parts[0], parts.count == 2 ? parts[1] : "")
    let isNumber = (whole + fraction).utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isNumber, !(whole + fraction).isEmpty, whole.count <= 7, fraction.count <= 3 else { return nil }
    let padded = whole + fraction + String(repeating: "0", count: 3 - fraction.count)
    guard let value = Int64(padded) else { return nil }
    thousandths = isNegative ? -value : value
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let units = Units(parsing: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "units must be a number such as 1 or 2.5")
    }
    self = units
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
