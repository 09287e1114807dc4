/// The values of a claim that are checked on their own, as far as its reader could read them.
///
/// A rejected claim carries what could be read of it, so that everything else that is wrong with it is found at the same
/// time. A value that is missing or unreadable is nil, and is not checked: its reader has reported it.
package struct PartialClaim: Hashable, Sendable {
  /// Where the claim begins in its file.
  package var location: SourceLocation?
  package var kind: ClaimKind?
  package var sender: ClaimSender?
  package var charge: Money?
  /// CLM05-1.
  package var facilityCode: String?
  package var billingProvider: Provider?
  package var renderingProvider: Provider?
  package var diagnoses: [String]
  package var statementDates: DateRange?
  /// The service lines that were recognized, in the order of the claim.
  package var lines: [Line]
  /// Whether the claim has no other lines. Only then can their charges be compared with the claim's.
  package var hasAllLines: Bool

  /// One service of the claim.
  package struct Line: Hashable, Sendable {
    package var number: Int?
    package var charge: Money?
    package var units: Units?
    package var procedure: ProcedureCode?
    package var placeOfService: String?
    /// The line's own dates, else the claim's.
    package var serviceDates: DateRange?

    package init(
      number: Int?, charge: Money?, units: Units?, procedure: ProcedureCode?, placeOfService: String?,
      serviceDates: DateRange?
    ) {
      self.number = number
      self.charge = charge
      self.units = units
      self.procedure = procedure
      self.placeOfService = placeOfService
      self.serviceDates = serviceDates
    }
  }

  package init(
    at location: SourceLocation?, kind: ClaimKind?, sender: ClaimSender? = nil, charge: Money?, facilityCode: String?,
    billingProvider: Provider?, renderingProvider: Provider?, diagnoses: [String], statementDates: DateRange?,
    lines: [Line], hasAllLines: Bool
  ) {
    self.location = location
    self.kind = kind
    self.sender = sender
    self.charge = charge
    self.facilityCode = facilityCode
    self.billingProvider = billingProvider
    self.renderingProvider = renderingProvider
    self.diagnoses = diagnoses
    self.statementDates = statementDates
    self.lines = lines
    self.hasAllLines = hasAllLines
  }
}

extension PartialClaim {
  /// All of a claim that could be read.
  init(_ claim: SubmittedClaim) {
    self.init(
      at: nil, kind: claim.kind, sender: claim.sender, charge: claim.charge, facilityCode: claim.facilityCode,
      billingProvider: claim.billingProvider, renderingProvider: claim.renderingProvider, diagnoses: claim.diagnoses,
      statementDates: claim.statementDates, lines: claim.lines.map { Line($0, of: claim) }, hasAllLines: true)
  }
}

extension PartialClaim.Line {
  fileprivate init(_ line: ServiceLine, of claim: SubmittedClaim) {
    self.init(
      number: line.number, charge: line.charge, units: line.units, procedure: line.procedure,
      placeOfService: line.placeOfService, serviceDates: claim.serviceDates(of: line))
  }
}
