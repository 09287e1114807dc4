import ClaimFormats
import ClaimsDomain

enum SampleReports {
  static func paid() throws -> ClaimReport {
    let price = RuleExplanation(.priceFeeSchedule)
    let share = RuleExplanation(.copay)
    func line(_ number: Int, _ code: String) throws -> LineDecision {
      try LineDecision(
        number: number, code: code, charge: Money(cents: 200_00), allowed: Money(cents: 125_00),
        paid: Money(cents: 100_00),
        adjustments: [
          Adjustment(.contractual, "45", amount: Money(cents: 75_00), by: price),
          Adjustment(.patientResponsibility, "3", amount: Money(cents: 25_00), by: share),
        ], isDenied: false)
    }
    var report = ClaimReport(
      claimNumber: ClaimNumber("ACME-1"), claimIntakeID: ClaimIntakeID("CLM-1"),
      adjudicationID: AdjudicationID("ADJ-1"), paymentID: PaymentID("PAY-1"), eobID: EOBID("EOB-1"), status: .paid,
      charge: Money(cents: 400_00),
      keys: ClaimReport.Keys(intake: "i", eligibility: "e", adjudication: "a", payment: "p", audit: "u"))
    try report.fill(from: try Decision(lines: [line(1, "G0463"), line(2, "J1100")], ruleset: RulesetID("2026.1")))
    return report
  }

  static let rejected = ClaimReport(
    claimNumber: nil, status: .rejected, charge: nil,
    reason: ClaimReport.Reason(
      code: "claim-rejected", text: "the claim's charge is 12.00, but its lines add up to 11.00",
      location: "segment 12, CLM02"))

  static func numbered(_ number: String) throws -> ClaimReport {
    var report = try paid()
    report.claimNumber = ClaimNumber(number)
    return report
  }
}
