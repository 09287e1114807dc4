import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Fee schedule files")
struct FeeScheduleFileTests {
  private static let header = "code,modifiers,amount,effective,termination\n"

  private func read(_ text: String) throws -> FeeSchedule {
    try FeeScheduleFile(Samples.file("fees/regional.csv", text)).schedule()
  }

  private func line(_ code: String, _ modifiers: [String] = []) -> ServiceLine {
    ServiceLine(
      number: 1, procedure: ProcedureCode(code: code, modifiers: modifiers), charge: .zero, placeOfService: "11",
      serviceDates: nil)
  }

  @Test("Give each fee a code, modifiers and days, whichever program wrote the file")
  func reading() throws {
    let schedule = try read(
      "\u{FEFF}effective,termination,code,modifiers,amount\r\n2026-01-01,2026-06-30,E0601,\"RR  KX\",68.4\r\n\r\n2026-07-01,,E0601,KX RR,70\r\n2026-01-01,,G0463,,1"
    )
    #expect(schedule.name == "regional")
    let june = try #require(CalendarDate(parsing: "2026-06-30"))
    let july = try #require(CalendarDate(parsing: "2026-07-01"))
    #expect(schedule.row(for: line("E0601", ["RR", "KX"]), on: june)?.amount.description == "68.40")
    #expect(schedule.row(for: line("E0601", ["KX", "RR"]), on: july)?.amount.description == "70.00")
    #expect(schedule.row(for: line("E0601"), on: july) == nil)
    #expect(schedule.row(for: line("G0463", ["25"]), on: .openEnd)?.amount.description == "1.00")
  }

  @Test(
    "With a mistake are refused with line and reason",
    arguments: [
      (
        "G0463,,12O,2026-01-01,",
        "2: amount must be an amount from 0.00 to 99999999.99, such as 1500 or 1500.00, not \"12O\""
      ),
      ("G0463,,,2026-01-01,", "2: amount must be an amount from 0.00 to 99999999.99, such as 1500 or 1500.00"),
      ("g0463,,1,2026-01-01,", "2: code must be a code of capital letters and digits, not \"g0463\""),
      ("G0463,TCX,1,2026-01-01,", "2: modifiers must be of two characters, separated by blanks, not \"TCX\""),
      ("G0463,,1,2026-02-30,", "2: effective must be a day such as 2026-01-31, not \"2026-02-30\""),
      ("G0463,,1,2026-02-01,2026-01-31", "2: termination lies before effective"),
      ("G0463,,1,2026-02-01", "2: the row has 4 values, and the header 5 columns"),
      ("\n\"J\u{1}1\",,1,2026-02-01,", "3: a value holds a line break or another control character; write it without"),
      ("G0463,,1,\"2026", "2: a quote is opened and not closed on its line; double it or leave it out"),
      (
        "G0463,,1,2026-01-01,2026-06-30\nJ1885,,1,2026-01-01,\nG0463,,2,2026-06-30,",
        "4: G0463 has another fee on the same days, on line 2; end one before the other begins"
      ),
      (
        "G0279,TC LT,1,2026-01-01,\nG0279,LT TC,2,2027-01-01,",
        "3: G0279 LT TC has another fee on the same days, on line 2; end one before the other begins"
      ),
    ])
  func mistakes(rows: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) { try read(Self.header + rows) }
    #expect(error.description == "fees/regional.csv:\(refusal)")
  }

  @Test(
    "With a wrong header are refused",
    arguments: [
      ("", "fees/regional.csv: the file is empty"),
      (
        "code,modifiers,amuont,effective,termination",
        "fees/regional.csv:1: unknown column \"amuont\"; did you mean \"amount\"?"
      ),
      ("code,modifiers,amount,effective", "fees/regional.csv:1: there is no column \"termination\""),
      ("code,code,modifiers,amount,effective,termination", "fees/regional.csv:1: a column is there twice"),
    ])
  func header(text: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) { try read(text) }
    #expect(error.description == refusal)
  }
}
