import ClaimsDomain
import Testing

@Suite("Claims that intake refuses, and claims that wait for a person")
struct IntakeRuleTests {
  private func fault(_ claim: SubmittedClaim) throws -> ClaimFault? {
    ClaimValidation(received: try Sample.day("2026-04-01")).firstFault(in: claim)
  }

  @Test("A valid claim has no fault")
  func inOrder() throws {
    #expect(try fault(Sample.claim([Sample.line(1, charge: "1"), Sample.line(2, charge: "0")])) == nil)
  }

  @Test("CLM02 must be the sum of the lines, and the rejection states where and by how much it differs")
  func sum() throws {
    var claim = try Sample.claim([Sample.line(1, charge: "100"), Sample.line(2, charge: "20.50")])
    claim.charge = try Sample.money("120")
    let validation = ClaimValidation(received: try Sample.day("2026-04-01"))
    let rejection = try #require(validation.rejection(of: claim, at: SourceLocation(.segment, 12)))
    #expect(rejection.location.description == "segment 12, CLM02")
    #expect(rejection.reason == "the claim's charge is 120.00, but its lines add up to 120.50")
    #expect(rejection.claimNumber == claim.claimNumber)
  }

  @Test("A rejection lists every fault of the claim, up to fifty, and says when there are more")
  func all() throws {
    var claim = try Sample.claim([
      Sample.line(1, charge: "100", units: Units(0)), Sample.line(1, charge: "20.50"),
      Sample.line(3, charge: "1", on: "2026-05-01"),
    ])
    claim.charge = try Sample.money("120")
    let validation = ClaimValidation(received: try Sample.day("2026-04-01"))
    #expect(
      validation.faults(in: claim, upTo: 9) == [
        .unitsNotPositive(line: 1), .repeatedLineNumber(1),
        .afterReceipt(line: 3, received: try Sample.day("2026-04-01")),
        .chargesDoNotAddUp(claim: try Sample.money("120"), lines: try Sample.money("121.50")),
      ])
    let rejection = try #require(validation.rejection(of: claim, at: SourceLocation(.segment, 12)))
    #expect(
      rejection.location.element == "SV104"
        && rejection.further.map(\.location.element) == ["LX01", "DTP*472", "CLM02"])
    let many = try Sample.claim((1...50).map { try Sample.line($0, charge: "-1", units: Units(0)) })
    let further = try #require(validation.rejection(of: many, at: SourceLocation(.record, 1))).further
    #expect(further.count == 50 && further.last?.reason == .isCutShort && further[48].reason.contains("line 25"))
  }

  @Test(
    "A claim has at least one line, and at most as many as its kind allows",
    arguments: [(0, false), (1, true), (50, true), (51, false)])
  func lineCount(count: Int, isFine: Bool) throws {
    let lines = try (0..<count).map { try Sample.line($0 + 1, charge: "1") }
    #expect((try fault(Sample.claim(lines)) == nil) == isFine)
  }

  @Test(
    "A diagnosis has a letter or a digit", arguments: [("", false), ("-", false), ("\u{200B}", false), ("Z0000", true)])
  func diagnosis(code: String, isFine: Bool) throws {
    var claim = try Sample.claim([Sample.line(charge: "1")])
    claim.diagnoses = ["I10", code]
    #expect(try fault(claim) == (isFine ? nil : .diagnosisEmpty(2)))
  }

  @Test("Units must be positive", arguments: [Int64(0), -1, -1_000])
  func units(thousandths: Int64) throws {
    let claim = try Sample.claim([Sample.line(charge: "1", units: Units(thousandths: thousandths))])
    #expect(try fault(claim) == .unitsNotPositive(line: 1))
  }

  @Test("A charge must be at least zero and fit in an 837", arguments: ["-0.01", "100000000.00"])
  func charges(charge: String) throws {
    #expect(try fault(Sample.claim([Sample.line(charge: charge)])) == .chargeOutOfRange(line: 1))
  }

  @Test("Each line has a date, or the statement has one")
  func dates() throws {
    var claim = try Sample.claim([Sample.line(charge: "1")])
    claim.lines[0].serviceDates = nil
    #expect(try fault(claim) == .undated(line: 1))
    claim.statementDates = try Sample.days("2026-03-01", "2026-03-05")
    #expect(try fault(claim) == nil)
  }

  @Test("Services after the day of receipt are refused")
  func future() throws {
    let received = try Sample.day("2026-04-01")
    #expect(try fault(Sample.claim([Sample.line(charge: "1", on: "2026-04-01")])) == nil)
    let early = try Sample.claim([Sample.line(charge: "1", on: "2026-03-30", through: "2026-04-02")])
    #expect(try fault(early) == .afterReceipt(line: 1, received: received))
  }

  @Test("A line longer than a year is refused")
  func overlong() throws {
    let claim = try Sample.claim([Sample.line(charge: "1", on: "2025-01-01", through: "2026-01-02")])
    #expect(try fault(claim) == .dateRangeTooLong(line: 1, limitDays: 366))
  }

  @Test("Line numbers are unique")
  func numbers() throws {
    let claim = try Sample.claim([Sample.line(1, charge: "1"), Sample.line(1, charge: "2")])
    #expect(try fault(claim) == .repeatedLineNumber(1))
  }

  @Test(
    "Only an original claim for which we are the primary payer is decided without a person",
    arguments: [
      ("1", PayerSequence.primary, nil), ("1", .secondary, .otherPayerFirst), ("1", .other, .otherPayerFirst),
      ("2", .primary, .interimBill), ("4", .primary, .interimBill), ("7", .primary, .priorClaimUnnamed),
      ("8", .primary, .priorClaimUnnamed), ("5", .primary, .unusualFrequency), ("", .primary, .unusualFrequency),
      ("7", .tertiary, .otherPayerFirst),
    ] as [(String, PayerSequence, SuspenseReason?)])
  func suspense(frequency: String, sequence: PayerSequence, reason: SuspenseReason?) throws {
    var claim = try Sample.claim([Sample.line(charge: "1")])
    claim.frequency = ClaimFrequency(frequency)
    claim.payerSequence = sequence
    #expect(SuspenseReason(claim) == reason)
  }
}
