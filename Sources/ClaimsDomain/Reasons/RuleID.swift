/// Every rule that affects the payment of a charge, with the ID used in decisions, letters, totals, and `--waive`.
package enum RuleID: String, Sendable, Codable, CaseIterable {
  case anesthesiaDirection = "anesthesia.direction"
  case authorizationMissing = "authorization.missing"
  case amountLimit = "benefit.amount-limit"
  case notCovered = "benefit.not-covered"
  case visitLimit = "benefit.visit-limit"
  case claimVoid = "claim.void"
  case includedInPerDiem = "contract.included-in-per-diem"
  case contractPerDiem = "contract.per-diem"
  case contractPercentOfCharge = "contract.percent-of-charge"
  case coordinationBasic = "coordination.basic"
  case coordinationCarveOut = "coordination.carve-out"
  case coordinationMedicareSecondary = "coordination.medicare-secondary"
  case coordinationStandard = "coordination.standard"
  case coinsurance = "cost-share.coinsurance"
  case copay = "cost-share.copay"
  case deductible = "cost-share.deductible"
  case coverageMemberUnknown = "coverage.member-unknown"
  case coverageNotYetEffective = "coverage.not-yet-effective"
  case coverageTerminated = "coverage.terminated"
  case diagnosisMissing = "diagnosis.missing"
  case diagnosisNotBillable = "diagnosis.not-billable"
  case diagnosisNotOnTheDay = "diagnosis.not-on-the-day"
  case duplicateOtherClaim = "duplicate.other-claim"
  case duplicateSameClaim = "duplicate.same-claim"
  case encounter = "encounter"
  case mpfsBundled = "mpfs.bundled"
  case mpfsComponent = "mpfs.component"
  case addOn = "ncci.add-on"
  case unitsOfDay = "ncci.mue"
  case procedurePair = "ncci.ptp"
  case nonCovered = "non-covered"
  case deniedByPerson = "person.denied"
  case pricedByPerson = "person.priced"
  case placeOfServiceUnknown = "place-of-service.unknown"
  case priceAnesthesia = "price.anesthesia"
  case priceFeeSchedule = "price.fee-schedule"
  case priceNoCharge = "price.no-charge"
  case priceNotListed = "price.not-listed"
  case pricePercentOfCharge = "price.percent-of-charge"
  case pricePhysicianFeeSchedule = "price.physician-fee-schedule"
  case sequestration = "sequestration"
  case surgeryAssistant = "surgery.assistant"
  case surgeryBilateral = "surgery.bilateral"
  case surgeryCoSurgeon = "surgery.co-surgeon"
  case surgeryEndoscopy = "surgery.endoscopy"
  case surgeryMultiple = "surgery.multiple"
  case surgerySurgeon = "surgery.surgeon"
  case surgeryTeam = "surgery.team"
  case testData = "test-data"
  case timelyFiling = "timely-filing"

  /// Whether a person can waive the rule for one claim. Coverage, prices, and the member's share are instead corrected
  /// at their source, and the claim is decided again.
  package var isWaivable: Bool {
    switch self {
    case .authorizationMissing, .notCovered, .visitLimit, .diagnosisMissing,
      .diagnosisNotBillable, .diagnosisNotOnTheDay, .duplicateOtherClaim, .duplicateSameClaim,
      .addOn, .unitsOfDay, .procedurePair, .placeOfServiceUnknown,
      .timelyFiling:
      true
    case .amountLimit, .anesthesiaDirection, .priceAnesthesia, .claimVoid, .encounter, .nonCovered, .pricedByPerson,
      .testData, .includedInPerDiem,
      .contractPerDiem,
      .contractPercentOfCharge, .coordinationBasic, .coordinationCarveOut, .coordinationMedicareSecondary,
      .coordinationStandard, .coinsurance, .copay, .deductible,
      .coverageMemberUnknown, .coverageNotYetEffective, .coverageTerminated, .mpfsBundled,
      .mpfsComponent, .deniedByPerson, .priceFeeSchedule, .priceNoCharge,
      .priceNotListed, .pricePercentOfCharge, .pricePhysicianFeeSchedule, .sequestration,
      .surgeryAssistant, .surgeryBilateral, .surgeryCoSurgeon, .surgeryEndoscopy,
      .surgeryMultiple, .surgerySurgeon, .surgeryTeam:
      false
    }
  }
}
