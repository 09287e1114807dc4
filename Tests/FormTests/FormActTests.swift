import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A person's value is held to the same rules, and the form is checked anew")
struct FormActTests {
  private static func reading(_ changing: [String: String] = [:], confidence: Int? = nil) throws -> FormReading {
    let page = TypedPage.professional(confidence: confidence, changing: changing).page()
    return try #require(try FormReader().readings(of: [page]).first)
  }

  @Test("a charge that is put right clears the total that was not its sum, and the other way around")
  func sums() throws {
    let reading = try Self.reading(["44,50": "  146 00"])
    #expect(reading.doubts == ["28 total"])
    #expect(reading.correcting("24F.1", to: "145.00").doubts.isEmpty)
    #expect(reading.correcting("28", to: "206.50").doubts.isEmpty)
    #expect(reading.correcting("28", to: "207.00").doubts == ["28 total"])
    #expect(reading.correcting("24F.1", to: "145").doubts == ["24F.1 malformed"])
  }

  @Test("a person who gives the value that was read says that it is not faint")
  func faint() throws {
    let reading = try Self.reading(confidence: 60)
    #expect(reading["1a"]?.doubts == [.faint])
    #expect(reading.correcting("1a", to: "HH100200300")["1a"]?.doubts == [])
    #expect(reading.correcting("1a", to: "HH100200300")["1a"]?.text == "HH100200300")
  }

  @Test("an empty text empties a box, and a box that must say something is then missing")
  func emptied() throws {
    let reading = try Self.reading()
    let emptied = try #require(reading.correcting("23", to: "")["23"])
    #expect(emptied.value == nil && emptied.doubts.isEmpty && emptied.text == "AUTH7781")
    #expect(reading.correcting("26", to: " ")["26"]?.doubts == [.missing])
  }

  @Test("a box in which nothing was found can be filled in, and one that the form does not have cannot")
  func added() throws {
    let reading = try Self.reading(["44,59": "", "46,59": ""])
    #expect(reading.doubts == ["24G.1 missing", "24G.2 missing"])
    let filled = reading.correcting("24G.1", to: "1").correcting("24G.2", to: "4")
    #expect(filled.doubts.isEmpty && filled["24G.1"]?.value == "1")
    #expect(reading.correcting("99", to: "1") == reading && reading.correcting("24G.x", to: "1") == reading)
    let third = filled.correcting("24D.3", to: "99213")
    #expect(third.doubts.contains("24F.3 missing") && third.doubts.contains("24A.3 missing"))
  }

  @Test("a person marks a box by what its mark stands for")
  func marks() throws {
    let reading = try Self.reading(["12,33": ""])
    #expect(reading.doubts == ["6 missing"])
    #expect(reading.correcting("6", to: "SPOUSE")["6"]?.doubts == [.malformed])
    #expect(reading.correcting("6", to: "01")["6"]?.value == "01")
  }

  @Test("days, names and amounts that a person types are understood as on the form")
  func typed() throws {
    let reading = try Self.reading()
    #expect(reading.correcting("24A.1", to: "2026-03-09")["24A.1"]?.value == "2026-03-09")
    #expect(reading.correcting("24A.1", to: "03/09/2026")["24A.1"]?.value == "2026-03-09")
    #expect(reading.correcting("24F.1", to: "1,145.00")["24F.1"]?.value == "1145.00")
    #expect(reading.correcting("2", to: "O'SHEA, MAEVE")["2"]?.value == "O'SHEA, MAEVE")
    #expect(reading.correcting("24A.1", to: "2026-02-30")["24A.1"]?.doubts == [.malformed])
  }

  @Test("what is in no table in force is in doubt, until a person says that it stands there")
  func codes() throws {
    var tables = ReferenceTables(content: ["diagnoses": "made up"])
    let days = try #require(
      CalendarDate(parsing: "2026-01-01").flatMap { first in
        CalendarDate(parsing: "2026-12-31").flatMap { DateRange(first, through: $0) }
      })
    tables.diagnoses = Editions([(days, CodeList(["E119"]))])
    let reading = try #require(
      try FormReader(tables: tables).readings(of: [TypedPage.professional().page()]).first)
    #expect(reading.doubts == ["21B unknown-code"])
    #expect(reading.correcting("21B", to: "I10").doubts.isEmpty)
  }

  @Test("a patient who is the insured has one name and one birth date")
  func contradictions() throws {
    #expect(try Self.reading(["10,50": "MARLOWE, PAUL"]).doubts == ["4 contradicted"])
    #expect(try Self.reading(["20,53": "05 15 1981"]).doubts == ["11a contradicted"])
    #expect(try Self.reading(["44,1": "02 16 26 02 15 26"]).doubts == ["24A.1.to contradicted"])
  }
}
