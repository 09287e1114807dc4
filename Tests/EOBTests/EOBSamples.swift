import ClaimFormats
import ClaimsDomain
import Testing

/// Three fictional claims, as three fictional people would receive them by mail.
enum EOBSamples {
  static let all: [(name: String, make: @Sendable () throws -> ExplanationOfBenefits)] = [
    ("eob_paid", paid), ("eob_denied", denied), ("eob_member_owes_all", memberOwesAll),
  ]

  static func named(_ name: String) throws -> ExplanationOfBenefits {
    try #require(all.first { $0.name == name }).make()
  }

  /// A visit with several adjustments, a drug at its copay, and one service the plan does not cover.
  @Sendable static func paid() throws -> ExplanationOfBenefits {
    let day = DateRange(try date("2026-03-09"))
    let claim = try claim(
      "ACME-1007",
      lines: [
        ServiceLine(
          number: 1, procedure: ProcedureCode(code: "G0463", modifiers: ["25"]), charge: Money(parsing: "1280.00"),
          placeOfService: "11", serviceDates: day),
        ServiceLine(
          number: 2, procedure: ProcedureCode(code: "J1100"), charge: Money(parsing: "64.50"), units: Units(4),
          placeOfService: "11", serviceDates: day),
        ServiceLine(
          number: 3, procedure: ProcedureCode(code: "V5010"), charge: Money(parsing: "95.00"), placeOfService: "11",
          serviceDates: day),
      ])
    let decision = try Decision(
      lines: [
        LineDecision(
          number: 1, code: "G0463", charge: Money(parsing: "1280.00"), allowed: Money(parsing: "910.00"),
          paid: Money(parsing: "564.00"),
          adjustments: [
            taken(
              .contractual, "45", "370.00", .priceFeeSchedule, ("schedule", "standard"), ("fee", "910.00"),
              ("units", "1")),
            taken(
              .patientResponsibility, "1", "180.00", .deductible, ("of", "910.00"),
              ("deductible left", "180.00")),
            taken(
              .patientResponsibility, "3", "25.00", .copay, ("benefit", "office-visit"), ("copay", "25.00"),
              ("left for the visit", "25.00")),
            taken(.patientResponsibility, "2", "141.00", .coinsurance, ("rate", "20 %"), ("of", "705.00")),
          ], isDenied: false),
        LineDecision(
          number: 2, code: "J1100", charge: Money(parsing: "64.50"), allowed: Money(parsing: "40.00"),
          paid: Money(parsing: "32.00"),
          adjustments: [
            taken(
              .contractual, "45", "24.50", .priceFeeSchedule, ("schedule", "standard"), ("fee", "10.00"),
              ("units", "4")),
            taken(.patientResponsibility, "2", "8.00", .coinsurance, ("rate", "20 %"), ("of", "40.00")),
          ], isDenied: false),
        denial(
          of: claim.lines[2], .patientResponsibility, "96", remark: "N130", .benefitNotCovered, ("plan", "PPO"),
          ("benefit", "hearing-aids"), ("code", "V5010")),
      ], ruleset: RulesetID("2026.1"))
    return ExplanationOfBenefits(
      id: EOBID("EOB-7Q4M2K"), issued: try date("2026-03-20"), sender: meadowlark,
      planName: "Preferred Provider 500", appealDays: 180, claimIntakeID: ClaimIntakeID("CLM-3F9A07C21B"), claim: claim,
      decision: decision,
      payment: .init(amount: decision.paid, reference: "TRF-000184"),
      yearToDate: BenefitYear(
        year: 2026,
        deductible: .init(member: try progress("500.00", of: "500.00"), family: try progress("620.00", of: "1000.00")),
        outOfPocket: .init(
          member: try progress("861.40", of: "4000.00"), family: try progress("1105.15", of: "8000.00"))),
      services: try words(
        "G0463,Clinic visit", "J1100,Dexamethasone injection", "V5010,Hearing exam to see whether a hearing aid helps"))
  }

  /// Care after coverage ended.
  @Sendable static func denied() throws -> ExplanationOfBenefits {
    let day = DateRange(try date("2026-02-02"))
    let claim = try claim(
      "LKS-88120",
      lines: [
        ServiceLine(
          number: 1, procedure: ProcedureCode(code: "G0439"), charge: Money(parsing: "210.00"), placeOfService: "11",
          serviceDates: day)
      ])
    let decision = try Decision(
      lines: [
        denial(
          of: claim.lines[0], .patientResponsibility, "27", .coverageTerminated, ("date of service", "2026-02-02"),
          ("coverage ended", "2025-12-31"))
      ], ruleset: RulesetID("2026.1"))
    return ExplanationOfBenefits(
      id: EOBID("EOB-1B8N5T"), issued: try date("2026-02-11"), sender: Letterhead(name: "Meadowlark Health Plan"),
      planName: nil,
      claimIntakeID: ClaimIntakeID("CLM-9D20E6A41F"), claim: claim, decision: decision, payment: .none)
  }

  /// A child's visit that falls completely under the deductible.
  @Sendable static func memberOwesAll() throws -> ExplanationOfBenefits {
    let stay = try #require(DateRange(try date("2026-01-14"), through: try date("2026-01-15")))
    var claim = try claim(
      "HRB-20260114-3",
      lines: [
        ServiceLine(
          number: 1, procedure: nil, revenueCode: "0450", charge: Money(parsing: "1875.00"), placeOfService: "23",
          serviceDates: stay)
      ])
    claim.patient = .dependent(
      Dependent(relationship: "19", name: PersonName(last: "Avery", first: "Robin"), birthDate: try date("2019-06-30")))
    claim.billingProvider = Provider(name: "Harbor Point Hospital", npi: "1992000003")
    claim.renderingProvider = nil
    let decision = try Decision(
      lines: [
        LineDecision(
          number: 1, code: "0450", charge: Money(parsing: "1875.00"), allowed: Money(parsing: "1218.75"), paid: .zero,
          adjustments: [
            taken(.contractual, "45", "656.25", .pricePercentOfCharge, ("rate", "65 %"), ("charge", "1875.00")),
            taken(
              .patientResponsibility, "1", "1218.75", .deductible, ("of", "1218.75"),
              ("deductible left", "4000.00")),
          ], isDenied: false)
      ], ruleset: RulesetID("2026.1"))
    return ExplanationOfBenefits(
      id: EOBID("EOB-5H2C9W"), issued: try date("2026-01-30"), sender: meadowlark,
      planName: "High Deductible Health Plan 2000", claimIntakeID: ClaimIntakeID("CLM-0C77B1E93D"), claim: claim,
      decision: decision, payment: .none,
      yearToDate: BenefitYear(
        year: 2026,
        deductible: .init(
          member: try progress("1218.75", of: "2000.00"), family: try progress("1218.75", of: "4000.00")),
        outOfPocket: .init(
          member: try progress("1218.75", of: "5000.00"), family: try progress("1218.75", of: "10000.00"))))
  }
}
