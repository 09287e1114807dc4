/// The payer as it issues checks: what every 835 of it says.
package struct RemittanceIssuer: Hashable, Sendable {
  package var payer: RemittancePayer
  /// Nine digits.
  package var taxID: String
  /// CLP06 by plan: `12` PPO, `HM` HMO, `MC` Medicaid and others.
  package var filingIndicators: [PlanID: String]
  /// Whether the money is real: ISA15.
  package var isProduction: Bool

  package init(
    payer: RemittancePayer, taxID: String, filingIndicators: [PlanID: String] = [:], isProduction: Bool = true
  ) {
    self.payer = payer
    self.taxID = taxID
    self.filingIndicators = filingIndicators
    self.isProduction = isProduction
  }

  /// TRN03 and BPR10: a 1 before the tax number says that it is one.
  package var originator: String { "1\(taxID)" }

  /// CLP06 of a claim decided under a plan; `ZZ`, mutually defined, where no plan covered the patient or nothing is said
  /// of the plan.
  package func filingIndicator(of plan: PlanID?) -> String { plan.flatMap { filingIndicators[$0] } ?? "ZZ" }
}
