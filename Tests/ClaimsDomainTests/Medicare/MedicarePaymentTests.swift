import ClaimsDomain
import Testing

@Suite("Sequestration and Medicare as secondary payer")
struct MedicarePaymentTests {
  @Test("P6 FCSO: of 100 approved, 50 deductible and 20 %, 40.00 - 0.80 are 39.20, and the patient owes 60.00")
  func sequestration() throws {
    let approved = try Sample.money("100")
    let afterDeductible = try approved - Sample.money("50")
    let coinsurance = try BasisPoints(20_00).of(afterDeductible)
    let payment = try afterDeductible - coinsurance
    let cut = try #require(try Sequestration(rate: BasisPoints(2_00)).adjustment(of: payment))
    #expect(cut.code == "CO-253")
    #expect(cut.amount.description == "0.80")
    #expect(try (payment - cut.amount).description == "39.20")
    #expect(try (Sample.money("50") + coinsurance).description == "60.00")
  }

  @Test(
    "The rate is the one for the day of service",
    arguments: [
      ("2013-03-31", nil), ("2013-04-01", 2_00), ("2020-04-30", 2_00), ("2020-05-01", nil), ("2021-07-01", nil),
      ("2022-03-31", nil), ("2022-04-01", 1_00), ("2022-06-30", 1_00), ("2022-07-01", 2_00), ("2026-01-01", 2_00),
    ] as [(String, Int64?)])
  func rates(day: String, rate: Int64?) throws {
    #expect(try Sequestration(on: Sample.day(day))?.rate.value == rate)
  }

  @Test(
    "Nothing is taken from a payment of zero or less, or if the cut rounds to zero", arguments: ["0", "0.24", "-5"])
  func nothing(payment: String) throws {
    #expect(try Sequestration(rate: BasisPoints(2_00)).adjustment(of: Sample.money(payment)) == nil)
  }

  @Test("P7 42 CFR 411.33: of 175 charged, 150 allowed and 120 paid, with a fee of 125, Medicare pays min(55, 100, 30)")
  func secondary() throws {
    let payment = try MedicareSecondaryPayment(
      charge: Sample.money("175"), primaryAllowed: Sample.money("150"), primaryPaid: Sample.money("120"),
      fee: Sample.money("125"), deductibleLeft: .zero)
    #expect(try payment.candidates.map(\.description) == ["55.00", "100.00", "30.00"])
    #expect(try payment.amount.description == "30.00")
  }

  @Test("If the primary payer paid too much, nothing is paid and nothing is taken back")
  func overpaid() throws {
    let payment = try MedicareSecondaryPayment(
      charge: Sample.money("175"), primaryAllowed: Sample.money("150"), primaryPaid: Sample.money("180"),
      fee: Sample.money("125"), deductibleLeft: Sample.money("257"))
    #expect(try payment.amount == .zero)
    #expect(payment.paymentAsPrimary == .zero)
  }
}
