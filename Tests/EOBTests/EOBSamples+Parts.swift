import ClaimFormats
import ClaimsDomain
import Testing

extension EOBSamples {
  static func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(parsing: text)) }

  static func progress(_ used: String, of limit: String) throws -> BenefitYear.Progress {
    BenefitYear.Progress(used: try Money(parsing: used), limit: try Money(parsing: limit))
  }

  static func claim(_ number: String, lines: [ServiceLine]) throws -> SubmittedClaim {
    SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber(number),
      payer: Payer(id: PayerID("MEADOW1"), name: "Meadowlark Health Plan"), facilityCode: "11",
      charge: try lines.map(\.charge).total(),
      billingProvider: Provider(name: "Lakeside Family Medicine", npi: "1992000001"),
      renderingProvider: Provider(name: "Dr. Sam Whitlock", npi: "1992000002"),
      subscriber: Subscriber(
        memberID: MemberID("MLK300456789"), name: PersonName(last: "Avery", first: "Jordan"),
        birthDate: try date("1988-04-17"),
        address: Address(lines: ["12 Juniper Lane", "Apt 4"], city: "Riverton", state: "OH", postalCode: "44000")),
      patient: .subscriber, lines: lines, digest: String(repeating: "0", count: 64))
  }

  static func taken(
    _ group: AdjustmentGroup, _ reason: String, _ amount: String, _ rule: RuleID, _ inputs: (String, String)...
  ) throws -> Adjustment {
    Adjustment(
      group, reason, amount: try Money(parsing: amount),
      by: RuleExplanation(rule, inputs.map { RuleInput($0.0, $0.1) }))
  }

  static func denial(
    of line: ServiceLine, _ group: AdjustmentGroup, _ reason: String, remark: String? = nil, _ rule: RuleID,
    _ inputs: (String, String)...
  ) throws -> LineDecision {
    let explanation = RuleExplanation(rule, inputs.map { RuleInput($0.0, $0.1) })
    let whole = Adjustment(group, reason, remark: remark, amount: line.charge, by: explanation)
    return try LineDecision(
      number: line.number, code: line.code, charge: line.charge, allowed: .zero, paid: .zero, adjustments: [whole],
      isDenied: true)
  }
}
