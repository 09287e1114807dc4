/// Every rule that affects the payment of a charge, with the ID used in decisions, letters, totals, and `--waive`.
package enum RuleID: String, Sendable, Codable, CaseIterable {
  case anesthesiaDirection = "anesthesia.direction"
  case authorizationMissing = "authorization.missing"
  case amountLimit = "benefit.amount-limit"
  case benefitNotCovered = "benefit.not-covered"
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
  case reportedNonCovered = "non-covered"
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

  /// What the program says of the rule: in decisions and letters, in `--waive`, and in the table of rules.
  package var declaration: Rule {
    switch self {
    case .anesthesiaDirection:
      Rule(
        "Looked for who gave the anesthesia", denies: .init(.contractual, .codesDisagree, .modifierDisagrees),
        source: "Medicare Claims Processing Manual, ch. 12, 50")
    case .authorizationMissing:
      Rule(
        "Looked for the plan's approval on the claim", denies: .init(.contractual, .authorizationMissing),
        isWaivable: true)
    case .amountLimit:
      Rule("Added up what the plan has paid this year", adjusts: .init(.patientResponsibility, .benefitMaximum))
    case .benefitNotCovered:
      Rule("Left out of the plan's benefits", denies: .init(.contractual, .nonCovered, .seeBenefits), isWaivable: true)
    case .visitLimit:
      Rule("Counted the visits of the year", denies: .init(.patientResponsibility, .benefitMaximum), isWaivable: true)
    case .claimVoid:
      Rule("Taken back by the provider", denies: .init(.other, .denied, .correction))
    case .includedInPerDiem:
      Rule("Within the price by the day", denies: .init(.contractual, .bundled))
    case .contractPerDiem:
      Rule("Price by the day", adjusts: .writtenOff)
    case .contractPercentOfCharge:
      Rule("Price as a percentage of the charge", adjusts: .writtenOff)
    case .coordinationBasic:
      Rule(
        "What your other plan left of our price, up to our benefit", adjusts: .otherPayers,
        source: "NAIC Model Regulation 120")
    case .coordinationCarveOut:
      Rule("Our benefit less what your other plan paid", adjusts: .otherPayers, source: "NAIC Model Regulation 120")
    case .coordinationMedicareSecondary:
      Rule("What Medicare pays after your other plan", adjusts: .otherPayers, source: "42 CFR 411.33")
    case .coordinationStandard:
      Rule(
        "What your other plan left to you, up to our benefit", adjusts: .otherPayers,
        source: "NAIC Model Regulation 120")
    case .coinsurance:
      Rule("Percentage of what is left", adjusts: .init(.patientResponsibility, .coinsurance))
    case .copay:
      Rule("Fixed amount for the visit", adjusts: .init(.patientResponsibility, .copay))
    case .deductible:
      Rule("What is left of the deductible comes first", adjusts: .init(.patientResponsibility, .deductible))
    case .coverageMemberUnknown:
      Rule("Looked for the patient among our members", denies: .init(.patientResponsibility, .memberUnknown))
    case .coverageNotYetEffective:
      Rule("Compared the day with the start of coverage", denies: .init(.patientResponsibility, .beforeCoverage))
    case .coverageTerminated:
      Rule("Compared the day with the end of coverage", denies: .init(.patientResponsibility, .afterCoverage))
    case .diagnosisMissing:
      Rule(
        "Looked for a diagnosis on the claim", denies: .init(.contractual, .informationMissing, .diagnosisMissing),
        isWaivable: true, source: "ICD-10-CM guidelines, I.B.2")
    case .diagnosisNotBillable:
      Rule(
        "Looked up the diagnosis code", denies: .init(.contractual, .informationMissing, .diagnosisMissing),
        isWaivable: true, source: "ICD-10-CM guidelines, I.B.2")
    case .diagnosisNotOnTheDay:
      Rule(
        "Looked up the diagnosis code for the day of service", denies: .init(.contractual, .diagnosisNotInUse),
        isWaivable: true, source: "ICD-10-CM guidelines, I.B.2")
    case .duplicateOtherClaim:
      Rule(
        "Same service found on another claim", denies: .init(.other, .duplicate), isWaivable: true,
        source: "Medicare Claims Processing Manual, ch. 1, 120")
    case .duplicateSameClaim:
      Rule(
        "Same service found earlier on this claim", denies: .init(.other, .duplicate), isWaivable: true,
        source: "Medicare Claims Processing Manual, ch. 1, 120; ch. 23, 20.9.1.1; ch. 16, 100.5.1")
    case .encounter:
      Rule("Reported by the provider, and not billed", denies: .init(.contractual, .paidOtherwise))
    case .mpfsBundled:
      Rule(
        "Looked up what the fee schedule pays by itself", denies: .init(.contractual, .bundled),
        source: "RVU file layout")
    case .mpfsComponent:
      Rule(
        "Looked up which parts of the service have a price",
        denies: .init(.contractual, .codesDisagree, .modifierDisagrees), source: "RVU file layout")
    case .addOn:
      Rule(
        "Looked for the service that this one adds to", denies: .init(.contractual, .primaryMissing, .primaryMissing),
        isWaivable: true, source: "NCCI policy manual, ch. I, R")
    case .unitsOfDay:
      Rule(
        "Compared the units with the most for one day", denies: .init(.contractual, .tooManyUnits, .tooManyUnits),
        isWaivable: true, source: "NCCI policy manual, ch. I, V")
    case .procedurePair:
      Rule(
        "Looked up which services are not billed together", denies: .init(.contractual, .notTogether), isWaivable: true,
        source: "NCCI policy manual, ch. I")
    case .reportedNonCovered:
      Rule("Reported by the provider as not covered", adjusts: .init(.contractual, .nonCovered, .seeBenefits))
    case .deniedByPerson:
      Rule("Decided by one of our examiners")
    case .pricedByPerson:
      Rule("Price set by one of our examiners", adjusts: .writtenOff)
    case .placeOfServiceUnknown:
      Rule(
        "Looked for the place in the national list",
        denies: .init(.contractual, .informationMissing, .placeOfServiceMissing), isWaivable: true,
        source: "Medicare Claims Processing Manual, ch. 26, 10.5")
    case .priceAnesthesia:
      Rule("Price by the units and minutes of the anesthesia", adjusts: .writtenOff, source: "42 CFR 414.46")
    case .priceFeeSchedule:
      Rule("Price by the plan's fee schedule", adjusts: .writtenOff)
    case .priceNoCharge:
      Rule("Nothing was charged for it")
    case .priceNotListed:
      Rule("No price in the plan's fee schedule", denies: .init(.contractual, .nonCovered, .notInFeeSchedule))
    case .pricePercentOfCharge:
      Rule("Price as a percentage of the charge", adjusts: .writtenOff)
    case .pricePhysicianFeeSchedule:
      Rule("Price by Medicare's schedule of physician fees", adjusts: .writtenOff, source: "42 CFR 414.20")
    case .sequestration:
      Rule(
        "Percentage that federal law takes off the payment", adjusts: .init(.contractual, .sequestration),
        source: "2 USC 901a")
    case .surgeryAssistant:
      Rule(
        "Share of the price for an assistant in surgery", denies: .init(.contractual, .secondSurgeon),
        source: "Medicare Claims Processing Manual, ch. 12, 20.4.3")
    case .surgeryBilateral:
      Rule(
        "Price for both sides of the body", adjusts: .init(.contractual, .concurrentProcedures),
        source: "Medicare Claims Processing Manual, ch. 12, 40.7")
    case .surgeryCoSurgeon:
      Rule(
        "Share of the price for two surgeons together", denies: .init(.contractual, .secondSurgeon),
        source: "Medicare Claims Processing Manual, ch. 12, 40.8")
    case .surgeryEndoscopy:
      Rule(
        "Lower price for a further procedure through the same scope", denies: .init(.contractual, .bundled),
        adjusts: .init(.contractual, .concurrentProcedures), source: "Medicare Claims Processing Manual, ch. 12, 40.6")
    case .surgeryMultiple:
      Rule(
        "Lower price for a further procedure of the same day", adjusts: .init(.contractual, .concurrentProcedures),
        source: "Medicare Claims Processing Manual, ch. 12, 40.6")
    case .surgerySurgeon:
      Rule(
        "Share of the price for this surgeon", denies: .init(.contractual, .secondSurgeon),
        source: "Medicare Claims Processing Manual, ch. 12, 40.2")
    case .surgeryTeam:
      Rule(
        "Price for surgery by a team", denies: .init(.contractual, .secondSurgeon),
        source: "Medicare Claims Processing Manual, ch. 12, 40.8")
    case .testData:
      Rule("Sent as a test", denies: .init(.other, .informationMissing, .claimUnprocessable))
    case .timelyFiling:
      Rule(
        "Counted the days until the claim came", denies: .init(.contractual, .timelyFiling), isWaivable: true,
        source: "as 42 CFR 424.44 for Medicare")
    }
  }

  package var isWaivable: Bool { declaration.isWaivable }

  /// A description for members.
  package var title: String { declaration.title }
}

/// What a rule is called, which codes it writes, and where it comes from.
package struct Rule: Sendable {
  /// A description for members.
  package let title: String
  /// The code of a line that the rule denies; nil if it denies none.
  package let denies: AdjustmentCode?
  /// The code of an amount that the rule takes off a line; nil if it takes none.
  package let adjusts: AdjustmentCode?
  /// Whether a person can waive the rule for one claim. Coverage, prices, and the member's share are instead corrected
  /// at their source, and the claim is decided again.
  package let isWaivable: Bool
  /// The publication that the rule follows; nil for the plan itself.
  package let source: String?

  fileprivate init(
    _ title: String, denies: AdjustmentCode? = nil, adjusts: AdjustmentCode? = nil, isWaivable: Bool = false,
    source: String? = nil
  ) {
    self.title = title
    self.denies = denies
    self.adjusts = adjusts
    self.isWaivable = isWaivable
    self.source = source
  }
}
