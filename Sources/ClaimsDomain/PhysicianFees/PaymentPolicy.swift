/// The status code of the MPFS: whether the schedule pays a code, and how (CMS MPFS RVU file layout, attachment A).
package enum ProcedureStatus: String, Hashable, Sendable, CaseIterable {
  case active = "A"
  /// Always bundled into another service.
  case bundled = "B"
  /// The contractor sets the price, usually by report.
  case contractorPriced = "C"
  case deletedAtStartOfYear = "D"
  case excludedByRegulation = "E"
  case deleted = "F"
  /// Another code is used for the service; there is a grace period.
  case notValidWithGrace = "G"
  case deletedModifier = "H"
  /// Another code is used for the service.
  case notValid = "I"
  /// Anesthesia: priced by base and time units, not RVUs.
  case anesthesia = "J"
  /// Measurement and reporting only.
  case measurement = "M"
  case nonCovered = "N"
  /// Bundled when incident to a physician's service, excluded otherwise.
  case bundledOrExcluded = "P"
  /// Therapy functional information; no payment.
  case functionalInformation = "Q"
  /// Special coverage instructions apply.
  case restricted = "R"
  /// Injections: paid only if that provider has no other MPFS service on that day.
  case injection = "T"
  case excludedByStatute = "X"

  /// Whether the code's RVUs set its price.
  package var isPaidByRelativeValue: Bool { self == .active || self == .restricted || self == .injection }
}

/// The MPFS indicators for paying a procedure together with others. Each is one character, kept as published, so an
/// unknown indicator from a later year is read and simply matches none of our rules (CMS MPFS RVU file layout).
package struct PaymentPolicyIndicators: Hashable, Sendable {
  /// PCTC IND: 0 physician service, 1 diagnostic test with both components, 2 professional only, 3 technical only,
  /// 4 global only, 5 incident to, 6 laboratory interpretation, 7 therapy, 8 physician interpretation, 9 none.
  package var professionalTechnical: Character = "9"
  /// GLOB DAYS: 000, 010, 090, MMM maternity, XXX none, YYY contractor, ZZZ add-on to another service.
  package var globalDays = "XXX"
  /// PRE OP, INTRA OP, POST OP: the parts of a package with 010 or 090 global days.
  package var package = GlobalPackage()
  /// MULT PROC: 0 none, 2 standard, 3 endoscopy, 4 imaging, 5 therapy, 6 cardiovascular, 7 ophthalmology, 9 none.
  package var multipleProcedure: Character = "9"
  /// BILAT SURG: 0 never 150%, 1 150%, 2 already priced as bilateral, 3 each side in full, 9 none.
  package var bilateral: Character = "9"
  /// ASST SURG: 0 with documentation, 1 never, 2 paid, 9 none.
  package var assistant: Character = "9"
  /// CO-SURG: 0 never, 1 with documentation, 2 paid, 9 none.
  package var coSurgeon: Character = "9"
  /// TEAM SURG: 0 never, 1 with documentation, 2 by report, 9 none.
  package var team: Character = "9"
  /// ENDO BASE: the code whose value is included in the value of every endoscopy in the family.
  package var endoscopicBase: String?

  package init() {}
}

/// The division of a global package's fee: the care before the operation, the operation, and the care after it. All
/// zero when the file has no percentages for the code.
package struct GlobalPackage: Hashable, Sendable {
  package var before = PackageShare.zero
  package var operation = PackageShare.zero
  package var after = PackageShare.zero

  package init() {}

  var total: Int64 { before.scaled + operation.scaled + after.scaled }
}
