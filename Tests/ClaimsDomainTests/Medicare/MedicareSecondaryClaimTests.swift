import ClaimsDomain
import Testing

/// 42 CFR 411.33(a)(1) and 411.35(c)(2).
@Suite("Claims that Medicare pays after another payer")
struct MedicareSecondaryClaimTests {
  private static let first = PayerID("FIRST")

  /// Makes a claim with one line of 175, of which the primary wrote off 25, paid `paid`, and left the rest to the
  /// patient.
  private static func claim(paid: String, accepted: String? = nil) throws -> SubmittedClaim {
    var claim = try Sample.claim([Sample.line(1, "99213", charge: "175")])
    claim.payerSequence = .secondary
    claim.otherPayers = [OtherPayer(id: first, sequence: .primary, paid: try Sample.money(paid))]
    let left = try Sample.money("150") - Sample.money(paid)
    claim.lines[0].otherPayers = [
      OtherPayerLine(
        payer: first, paid: try Sample.money(paid),
        adjustments: [
          OtherPayerAdjustment(group: "CO", reason: "45", amount: try Sample.money("25")),
          OtherPayerAdjustment(group: "PR", reason: "2", amount: left),
        ])
    ]
    claim.lines[0].acceptedInFull = try accepted.map { try Sample.money($0) }
    return claim
  }

  /// Makes a desk with a fee of 125 and 20 % coinsurance.
  private static func desk(deductible: String = "0", method: CoordinationOfBenefits = .medicareSecondary) throws -> Desk
  {
    let limit = FamilyLimit(individual: try Sample.money(deductible), family: try Sample.money(deductible))
    var plan = Sample.plan(
      deductible: limit, coinsurance: BasisPoints(20_00),
      pricing: Pricing(feeSchedule: "standard", otherwisePercentOfCharge: nil))
    plan.coordinationOfBenefits = method
    return try Desk(plan, fees: Sample.schedule(["99213": "125", "99214": "125"]))
  }

  @Test(
    "are paid the lowest of the three, with the charge limited to what the provider must accept (CN1*09)",
    arguments: [
      ("120", nil, "30.00"), ("120", "140", "20.00"), ("120", "120", "0.00"), ("120", "100", "0.00"),
      ("120", "300", "30.00"), ("40", "140", "100.00"),
    ] as [(String, String?, String)])
  func accepted(paid: String, accepted: String?, pays: String) throws {
    var desk = try Self.desk()
    #expect(try desk.decide(Self.claim(paid: paid, accepted: accepted)).paid.description == pays)
    // Other methods ignore it.
    var standard = try Self.desk(method: .standard)
    let without = try standard.decide(Self.claim(paid: paid))
    standard = try Self.desk(method: .standard)
    #expect(try standard.decide(Self.claim(paid: paid, accepted: accepted)) == without)
  }

  @Test(
    "leave the member only the deductible and coinsurance above what the primary paid",
    arguments: [
      // A deductible of 100 and a fifth of 25 make 105.
      ("100", "20", "20.00", "85.00"), ("100", "120", "20.00", "0.00"), ("125", "20", "0.00", "105.00"),
      ("125", "120", "0.00", "5.00"), ("125", "150", "0.00", "0.00"), ("0", "10", "100.00", "15.00"),
      ("0", "120", "30.00", "0.00"),
    ])
  func deductible(deductible: String, paid: String, pays: String, owes: String) throws {
    var desk = try Self.desk(deductible: deductible)
    let decision = try desk.decide(Self.claim(paid: paid))
    #expect([decision.paid.description, decision.memberResponsibility.description] == [pays, owes])
    // The year is credited as if there were no other payer.
    #expect(desk.memberDeductible.description == (try Sample.money(deductible)).description)
  }

  @Test("split a claim's amounts over its lines in proportion to the charges, unless a line has its own amount")
  func ofClaim() throws {
    var claim = try Self.claim(paid: "120")
    var second = claim.lines[0]
    second.number = 2
    second.procedure?.code = "99214"
    claim.lines.append(second)
    claim.charge = try Sample.money("350")
    claim.otherPayers?[0].paid = try Sample.money("240")
    claim.acceptedInFull = try Sample.money("280")
    var desk = try Self.desk()
    #expect(try desk.decide(claim).lines.map(\.paid.description) == ["20.00", "20.00"])
    claim.lines[1].acceptedInFull = try Sample.money("125")
    #expect(try desk.decide(claim).lines.map(\.paid.description) == ["30.00", "5.00"])
  }

  @Test("pay lines that the primary paid unequally at most the total that the provider must accept")
  func unequal() throws {
    var claim = try Self.claim(paid: "120")
    var second = claim.lines[0]
    second.number = 2
    second.procedure?.code = "99214"
    second.otherPayers = [
      OtherPayerLine(
        payer: Self.first, paid: try Sample.money("20"),
        adjustments: [OtherPayerAdjustment(group: "PR", reason: "1", amount: try Sample.money("155"))])
    ]
    claim.lines.append(second)
    claim.charge = try Sample.money("350")
    claim.otherPayers?[0].paid = try Sample.money("140")
    claim.acceptedInFull = try Sample.money("150")
    var desk = try Self.desk()
    let decision = try desk.decide(claim)
    #expect(try decision.paid <= Sample.money("10") && decision.paid > .zero, "\(decision.paid)")
  }
}
