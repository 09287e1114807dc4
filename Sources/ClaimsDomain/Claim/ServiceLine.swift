/// One service of a claim: loop 2400, SV1 (professional) or SV2 (institutional).
package struct ServiceLine: Hashable, Sendable, Codable {
  /// LX01, from 1.
  package var number: Int
  /// SV101 or SV202. Institutional lines may name a revenue code alone.
  package var procedure: ProcedureCode?
  /// SV201, four digits with its leading zero.
  package var revenueCode: String?
  package var charge: Money
  package var units: Units
  /// SV103 or SV204: what the units count; nil where each is one service.
  package var basis: UnitsBasis?
  /// SV207: the part of the charge that the provider knows not to be covered.
  package var nonCovered: Money?
  /// CN1 of type 09: what the provider has to accept as payment in full from the payer before us.
  package var acceptedInFull: Money?
  /// Loop 2420A: who has treated, where it is somebody else than on the claim.
  package var renderingProvider: Provider?
  /// REF*6R: the provider's own number for the line.
  package var controlNumber: String?
  /// SV105, else the claim's own (CLM05-1).
  package var placeOfService: String
  /// DTP*472; an institutional line without one takes the statement's.
  package var serviceDates: DateRange?
  /// SV107: positions in the claim's diagnoses, from 1.
  package var diagnosisPointers: [Int]
  /// Nil where no payer before us has decided it.
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

  /// What people call the line by: the procedure, else the revenue code.
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

/// What the units of a line count, where they do not count services.
package enum UnitsBasis: String, Hashable, Sendable, Codable, CaseIterable {
  case minutes = "MJ"
  /// Days of a stay.
  case days = "DA"
}

/// The composite medical procedure identifier, C003.
package struct ProcedureCode: Hashable, Sendable, Codable {
  /// C003-1: HC is HCPCS (and CPT), ER, IV, WK are others.
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
