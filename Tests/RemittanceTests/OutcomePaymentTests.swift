import ClaimFormats
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("A decision is reported to the provider as it was made", .temporaryFolder)
struct OutcomePaymentTests {
  private static func outcome(
    _ lines: [LineDecision], change: (inout SubmittedClaim) -> Void = { _ in }
  ) throws -> ClaimOutcome {
    let date = DateRange(try Sample.day("2026-03-02"))
    let services = lines.map { line in
      ServiceLine(
        number: line.number, procedure: ProcedureCode(code: line.code, modifiers: ["25"]), charge: line.charge,
        units: Units(2), placeOfService: "11", serviceDates: date)
    }
    var claim = SubmittedClaim(
      kind: .professional, claimNumber: ClaimNumber("A-1"), payer: Payer(id: PayerID("SAMPLE01"), name: "SAMPLE"),
      facilityCode: "11", charge: try lines.map(\.charge).total(),
      billingProvider: Provider(name: "LARKSPUR CLINIC", npi: "1234567893"),
      subscriber: Subscriber(memberID: MemberID("M1"), name: PersonName(last: "Sample", first: "Robin")),
      patient: .subscriber, lines: services, digest: "")
    change(&claim)
    return ClaimOutcome(
      id: ClaimIntakeID("CLM-1"), claim: claim, decision: try Decision(lines: lines, ruleset: RulesetID("R")),
      receivedOn: try Sample.day("2026-03-05"), filingIndicator: "12")
  }

  private static func line(
    _ number: Int = 1, charge: String, allowed: String, paid: String, denied: Bool = false, _ adjustments: Adjustment...
  ) throws -> LineDecision {
    try LineDecision(
      number: number, code: "G0463", charge: Sample.money(charge), allowed: Sample.money(allowed),
      paid: Sample.money(paid), adjustments: adjustments, isDenied: denied)
  }

  private static func adjustment(
    _ group: AdjustmentGroup, _ reason: String, _ amount: String, remark: String? = nil
  ) throws -> Adjustment {
    Adjustment(group, reason, remark: remark, amount: try Sample.money(amount), by: RuleExplanation(.priceFeeSchedule))
  }

  private static func text(_ outcome: ClaimOutcome) throws -> [String] {
    let payment = try ClaimPayment(outcome)
    let advice = try Sample.advice(paying: payment.paid.description, [payment])
    let lines = try Sample.text(advice).split(separator: "\n").map { String($0.dropLast()) }
    let start = try #require(lines.firstIndex { $0.hasPrefix("CLP") })
    return Array(lines[start...].prefix { !$0.hasPrefix("SE*") })
  }

  @Test("a paid line has each adjustment once by group and code, the allowed amount, the day and the units")
  func paid() throws {
    let line = try Self.line(
      charge: "200.00", allowed: "125.00", paid: "85.00", Self.adjustment(.contractual, "45", "70.00"),
      Self.adjustment(.patientResponsibility, "3", "40.00"), Self.adjustment(.contractual, "45", "5.00"))
    #expect(
      try Self.text(Self.outcome([line])) == [
        "CLP*A-1*1*200.00*85.00*40.00*12*CLM-1*11", "NM1*QC*1*Sample*Robin****MI*M1", "DTM*050*20260305",
        "SVC*HC:G0463:25*200.00*85.00**2", "DTM*472*20260302", "CAS*CO*45*75.00", "CAS*PR*3*40.00",
        "AMT*B6*125.00",
      ])
  }

  @Test("a denied line has no paid units, its remark once, and no allowed amount")
  func denied() throws {
    let line = try Self.line(
      charge: "10.00", allowed: "0.00", paid: "0.00", denied: true,
      Self.adjustment(.contractual, "96", "10.00", remark: "N130"))
    #expect(
      try Self.text(Self.outcome([line])).suffix(4) == [
        "SVC*HC:G0463:25*10.00*0.00**0**2", "DTM*472*20260302", "CAS*CO*96*10.00", "LQ*HE*N130",
      ])
  }

  @Test(
    "the status reflects our place among the payers, and is 4 only for an unknown patient",
    arguments: [
      ("96", PayerSequence.primary, "1"), ("31", .primary, "4"), ("27", .primary, "1"), ("96", .secondary, "2"),
      ("96", .tertiary, "3"), ("96", .other, "3"), ("31", .secondary, "4"),
    ])
  func status(reason: String, sequence: PayerSequence, status: String) throws {
    let line = try Self.line(
      charge: "10.00", allowed: "0.00", paid: "0.00", denied: true, Self.adjustment(.contractual, reason, "10.00"))
    let outcome = try Self.outcome([line]) { $0.payerSequence = sequence }
    #expect(try ClaimPayment(outcome).status.rawValue == status)
  }

  @Test("a dependent is the patient and the subscriber the insured; a line with only a revenue code uses NU")
  func institutional() throws {
    let line = try Self.line(
      charge: "10.00", allowed: "10.00", paid: "10.00")
    let born = try Sample.day("2015-05-05")
    let stay = DateRange(try Sample.day("2026-03-01"), through: try Sample.day("2026-03-04"))
    let outcome = try Self.outcome([line]) { claim in
      claim.kind = .institutional
      claim.patient = .dependent(
        Dependent(relationship: "19", name: PersonName(last: "Sample", first: "Kim"), birthDate: born))
      claim.statementDates = stay
      claim.lines[0].procedure = nil
      claim.lines[0].revenueCode = "0120"
      claim.lines[0].serviceDates = nil
    }
    #expect(
      try Self.text(outcome).prefix(7) == [
        "CLP*A-1*1*10.00*10.00**12*CLM-1*11*1", "NM1*QC*1*Sample*Kim", "NM1*IL*1*Sample*Robin****MI*M1",
        "DTM*232*20260301", "DTM*233*20260304", "DTM*050*20260305", "SVC*NU:G0463*10.00*10.00**2",
      ])
  }
}
