/// The status code of the MPFS: whether, and how, a code is paid by it (CMS MPFS RVU file layout, attachment A).
package enum ProcedureStatus: String, Hashable, Sendable, CaseIterable {
  case active = "A"
  /// Always bundled into another service.
  case bundled = "B"
  /// The contractor sets the price, usually by report.
  case contractorPriced = "C"
  case deletedAtStartOfYear = "D"
  case excludedByRegulation = "E"
  case deleted = "F"
  /// Another code is used for the service; there is a period of grace.
  case notValidWithGrace = "G"
  case deletedModifier = "H"
  /// Another code is used for the service.
  case notValid = "I"
  /// Anaesthesia: base and time units, not RVUs.
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
  /// Injections: paid only if no other MPFS service is, on that day by that provider.
  case injection = "T"
  case excludedByStatute = "X"

  /// Whether the RVUs of the code are a price.
  package var isPaidByRelativeValue: Bool { self == .active || self == .restricted || self == .injection }
}
