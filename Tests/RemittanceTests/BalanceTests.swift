import ClaimsDomain
import Testing

@Suite("What does not balance cannot be created, and the error states where and by how much")
struct BalanceTests {
  private static func thrown(_ make: () throws -> Any) -> String {
    do {
      _ = try make()
      return "made"
    } catch {
      return "\(error)"
    }
  }

  @Test("a line that does not balance is refused")
  func line() throws {
    let lines = [
      try Sample.line("99213", charge: "50.00", paid: "50.00"),
      try Sample.line("99214", charge: "100.00", paid: "80.01", [Sample.adjustment(.contractual, "45", "20.00")]),
    ]
    let said = Self.thrown { try Sample.claim(charge: "150.00", paid: "130.01", lines: lines) }
    #expect(said == "claim A-1001, line 2 does not balance: expected 80.00, found 80.01, difference 0.01")
  }

  @Test("a claim that does not balance with its own adjustments is refused, with lines and without")
  func claim() throws {
    let off = try Sample.adjustment(.contractual, "45", "20.00")
    let lines = [try Sample.line("99213", charge: "100.00", paid: "100.00")]
    let wanted = "claim A-1001 does not balance: expected 80.00, found 79.99, difference -0.01"
    #expect(Self.thrown { try Sample.claim(charge: "100.00", paid: "79.99", [off], lines: lines) } == wanted)
    #expect(Self.thrown { try Sample.claim(charge: "100.00", paid: "79.99", [off]) } == wanted)
    _ = try Sample.claim(charge: "100.00", paid: "80.00", [off])
  }

  @Test("a claim with missing lines is refused")
  func missingLines() throws {
    let lines = [try Sample.line("99213", charge: "60.00", paid: "60.00")]
    let said = Self.thrown { try Sample.claim(charge: "100.00", paid: "100.00", lines: lines) }
    #expect(said == "claim A-1001 does not balance: expected 60.00, found 100.00, difference 40.00")
  }

  @Test("a check that does not balance is refused")
  func check() throws {
    let claims = [try Sample.claim(charge: "80.00", paid: "80.00")]
    let takeback = ProviderAdjustment.recovery(of: try Sample.money("30.00"), claim: ClaimIntakeID("CLM-OLD"))
    _ = try Sample.advice(paying: "50.00", claims, [takeback])
    let said = Self.thrown { try Sample.advice(paying: "50.01", claims, [takeback]) }
    #expect(said == "check 70001 does not balance: expected 50.00, found 50.01, difference 0.01")
  }

  @Test("a check is never negative, and the method NON is only for a check without payment")
  func payment() throws {
    #expect(throws: RemittanceError.negativePayment(check: "70001")) { try Sample.payment("-0.01", method: .check) }
    #expect(throws: RemittanceError.methodDoesNotFitPayment(check: "70001")) {
      try Sample.payment("0.00", method: .check)
    }
    #expect(throws: RemittanceError.methodDoesNotFitPayment(check: "70001")) {
      try Sample.payment("0.01", method: PaymentMethod.none)
    }
  }

  @Test("only a reversal has negative amounts, and a denial pays nothing")
  func signs() throws {
    let place = RemittancePlace.claim(ClaimNumber("A-1001"))
    #expect(throws: RemittanceError.wrongSign(at: place)) { try Sample.claim(charge: "-5.00", paid: "-5.00") }
    #expect(throws: RemittanceError.wrongSign(at: place)) {
      try Sample.claim("A-1001", .reversal, charge: "5.00", paid: "5.00")
    }
    #expect(throws: RemittanceError.paidThoughDenied(ClaimNumber("A-1001"))) {
      try Sample.claim("A-1001", .denied, charge: "5.00", paid: "5.00")
    }
  }

  @Test(
    "adjustments with an amount of zero, a retired code or an invalid code are refused",
    arguments: ["42", "A2", "", "4 5", "ABCDEF"])
  func adjustments(reason: String) throws {
    let place = RemittancePlace.claim(ClaimNumber("A-1001"))
    #expect(throws: RemittanceError.invalidAdjustment(at: place)) {
      try Sample.claim(charge: "5.00", paid: "0.00", [Sample.adjustment(.contractual, reason, "5.00")])
    }
    #expect(throws: RemittanceError.invalidAdjustment(at: place)) {
      try Sample.claim(charge: "5.00", paid: "5.00", [Sample.adjustment(.contractual, "45", "0.00")])
    }
  }

  @Test("amounts too large for an 835, and sums beyond 64 bits, are refused")
  func sizes() throws {
    let place = RemittancePlace.claim(ClaimNumber("A-1001"))
    #expect(throws: RemittanceError.tooLarge(at: place)) {
      try Sample.claim(charge: "100000000.00", paid: "100000000.00")
    }
    let most = try Sample.adjustment(.contractual, "45", "92233720368547758.07")
    #expect(throws: RemittanceError.overflow(at: place)) {
      try Sample.claim(charge: "1.00", paid: "1.00", [most, most])
    }
  }
}
