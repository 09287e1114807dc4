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
