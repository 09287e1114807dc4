import ClaimFormats
import ClaimsDomain
import Testing

/// Fees whose correct amount follows from CMS publications. The ids are those of the project's list of cases.
@Suite("Published fees")
struct PublishedFeeTests {
  @Test(
    "P2 a chest film is 32.67 = 22.64 technical + 10.03 professional",
    arguments: [([], "32.67"), (["TC"], "22.64"), (["26"], "10.03"), (["LT", "26"], "10.03")])
  func components(modifiers: [String], fee: String) throws {
    #expect(try FeeFiles.schedule().fee(for: FeeFiles.line("71046", modifiers), at: .national).text == fee)
  }

  @Test(
    "P1 an office visit is 88.95 in the office and 63.72 in a hospital", arguments: [("11", "88.95"), ("22", "63.72")])
  func setting(place: String, fee: String) throws {
    #expect(try FeeFiles.schedule().fee(for: FeeFiles.line("99213", place: place), at: .national).text == fee)
  }

  @Test(
    "P1 and P2 from the file itself",
    .enabled(if: Reference.path("mpfs_2025_jan_rvu_NO_DESCRIPTIONS.csv") != nil, "no files: set PAIDONCE_REFERENCE"))
  func fromTheFile() throws {
    let path = try #require(Reference.path("mpfs_2025_jan_rvu_NO_DESCRIPTIONS.csv"))
    let schedule = try RelativeValueFile(InputFile(path: path), name: "rvu.csv").schedule()
    #expect(schedule.entries.count == 18_865)
    let answers = [
      ("99213", "", "11", "88.95"), ("99213", "", "21", "63.72"), ("99214", "", "11", "125.18"),
      ("99203", "", "11", "109.01"), ("71046", "", "11", "32.67"), ("71046", "TC", "11", "22.64"),
      ("71046", "26", "11", "10.03"),
    ]
    for (code, modifier, place, fee) in answers {
      let line = FeeFiles.line(code, modifier.isEmpty ? [] : [modifier], place: place)
      #expect(try schedule.fee(for: line, at: .national).text == fee, "\(code) \(modifier)")
    }
  }

  @Test(
    "A component without its own row is CO-4; a discontinued service without one is priced by a person",
    arguments: [
      ("45378", ["53"], "164.00"), ("45378", [], "327.67"), ("45378", ["26"], "CO-4"), ("99213", ["TC"], "CO-4"),
      ("99213", ["53"], "status A"), ("A4262", [], "CO-97"), ("A2001", [], "status C"), ("ZZZZZ", [], "not listed"),
    ])
  func otherRows(code: String, modifiers: [String], fee: String) throws {
    #expect(try FeeFiles.schedule().fee(for: FeeFiles.line(code, modifiers), at: .national).text == fee)
  }

  @Test("Work, expense and malpractice are each weighted by their own index, and the fee is rounded once")
  func locality() throws {
    let indices = try PracticeCostFile(Reference.bytes(FeeFiles.indices), name: "gpci.csv").indices()
    let locality = try #require(MedicareLocality(contractor: "02102", number: "01"))
    let alaska = try #require(indices[locality])
    // (1.3 x 1.5 + 1.35 x 1.081 + 0.1 x 0.592) x 32.3465 = 3.46855 x 32.3465 = 112.1954...
    #expect(try FeeFiles.schedule().fee(for: FeeFiles.line("99213"), at: alaska).text == "112.20")
  }

  @Test("A schedule provides what the payment rules need: indicators, and the fee of the endoscopic base")
  func endoscopies() throws {
    let schedule = try FeeFiles.schedule()
    let day = try #require(CalendarDate(parsing: "2025-03-03"))
    let lines = try ["45378", "45379"].enumerated().map { offset, code in
      var line = FeeFiles.line(code)
      line.number = offset + 1
      line.charge = Money(cents: 100_000)
      return try #require(try schedule.feePricedLine(line, on: day, at: .national))
    }
    #expect(lines[1].endoscopicBaseFee?.description == "327.67")
    let answers = try PaymentRules().apply(to: lines)
    #expect(answers[1]?.allowed == .zero)
    #expect(answers[2]?.allowed == lines[1].fee)
    #expect(try schedule.feePricedLine(FeeFiles.line("A2001"), on: day, at: .national) == nil)
  }
}
