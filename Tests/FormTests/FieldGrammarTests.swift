import ClaimFormats
import TestSupport
import Testing

/// What an engine takes for something else is put right only where the box leaves one reading.
@Suite("A box says what it may hold, or is in doubt")
struct FieldGrammarTests {
  private static func reading(_ cell: String, _ text: String) throws -> FormReading {
    try #require(try FormReader().readings(of: [TypedPage.professional(changing: [cell: text]).page()]).first)
  }

  @Test(
    "a character that cannot stand in its place is put right, and the correction is named",
    arguments: [
      ("44,1", "O2 l6 26 02 16 26", "24A.1", "2026-02-16", "O read as 0, L read as 1"),
      ("44,25", "JI885", "24D.1", "J1885", "I read as 1"), ("38,3", "EII9", "21A", "E119", "I read as 1"),
      ("44,50", "  I45 OO", "24F.1", "145.00", "I read as 1, O read as 0"),
      ("61,50", "I23456789S", "33a", nil, nil), ("61,50", "12345B7893", "33a", nil, nil),
      ("61,50", "I234567893", "33a", "1234567893", "I read as 1"), ("16,1", "6270A", "5.zip", "62704", "A read as 4"),
      ("44,19", "I1", "24B.1", "11", "I read as 1"), ("14,26", "1L", "5.state", "IL", "1 read as I"),
      ("56,1", "36I23456Z", "25", "361234562", "I read as 1, Z read as 2"),
    ] as [(String, String, String, String?, String?)])
  func corrected(cell: String, text: String, field: String, value: String?, correction: String?) throws {
    let found = try #require(try Self.reading(cell, text)[field])
    #expect(found.value == value && found.correction == correction, "\(found)")
    #expect(found.doubts.isEmpty == (value != nil))
  }

  @Test(
    "what has two readings, or none, is in doubt",
    arguments: [
      ("38,3", "0119", "21A", FieldDoubt.malformed), ("44,25", "GO463", "24D.1", .malformed),
      ("10,31", "02 30 1981", "3", .malformed),
      ("10,31", "13 01 1981", "3", .malformed), ("44,50", "  145", "24F.1", .malformed),
      ("10,1", "MARLOWE IRIS", "2", .malformed), ("61,50", "1234567894", "33a", .checkDigit),
      ("44,45", "AA", "24E.1", .malformed), ("44,45", "AC", "24E.1", .contradicted),
      ("44,59", "0", "24G.1", .malformed),
      ("56,1", "36-123456", "25", .malformed), ("14,26", "XX", "5.state", .malformed),
      ("37,42", "9", "21.indicator", .malformed),
      ("29,55", "PAY THE INSURED", "13", .malformed), ("44,19", "", "24B.1", .missing), ("8,50", "", "1a", .missing),
    ])
  func doubted(cell: String, text: String, field: String, doubt: FieldDoubt) throws {
    let found = try #require(try Self.reading(cell, text)[field])
    #expect(found.doubts.contains(doubt), "\(found)")
  }

  @Test("no other digit in place of one passes for a provider number", arguments: 0..<10)
  func providerNumber(place: Int) throws {
    let reading = try Self.reading("61,50", "1234567893")
    for digit in "0123456789" {
      var number = Array("1234567893")
      guard number[place] != digit else { continue }
      number[place] = digit
      #expect(reading.correcting("33a", to: String(number))["33a"]?.doubts == [.checkDigit])
    }
  }

  @Test("a box needs the confidence that its kind of value asks for")
  func confidence() throws {
    let page = TypedPage.professional(confidence: 60).page()
    let reading = try #require(try FormReader().readings(of: [page]).first)
    #expect(reading["1a"]?.doubts == [.faint] && reading["24G.1"]?.doubts == [.faint])
    // A check digit and a sum find what an engine was not sure of.
    #expect(reading["33a"]?.doubts == [] && reading["28"]?.doubts == [] && reading["33a"]?.confidence == 60)
  }

  @Test("the sign of a mark decides, and two marks decide nothing")
  func marks() throws {
    var page = TypedPage.professional()
    page.type("X", line: 20, column: 35)
    let reading = try #require(try FormReader().readings(of: [page.page()]).first)
    #expect(reading["10a"]?.value == nil && reading["10a"]?.doubts == [.malformed])
    #expect(reading["10b"]?.value == "NO" && reading["6"]?.value == "18" && reading["3.sex"]?.value == "F")
  }

  @Test("what an engine makes of printed captions is no typing, and other small print puts its box in doubt")
  func smallPrint() throws {
    var page = TypedPage.professional()
    page.print("qval", line: 32, column: 13, confidence: 35)
    page.print("SIGNFD", line: 29, column: 51, confidence: 60)
    #expect(try FormReader().readings(of: [page.page()]).first?.doubts == [])
    page.print("PATIENT PAID", line: 18, column: 5)
    #expect(try FormReader().readings(of: [page.page()]).first?["9"]?.doubts.contains(.faint) == true)
  }

  @Test("what an engine makes of a line of the form and the number of a caption is no typing")
  func bars() throws {
    var hospital = TypedPage.institutional()
    hospital.type("|5", line: 4, column: 50, confidence: 55)
    let bill = try #require(try FormReader().readings(of: [hospital.page()]).first)
    #expect(bill["FL2.3"] == nil && bill["FL5"]?.value == "377654321")
    var office = TypedPage.professional()
    office.type("iva", line: 33, column: 30, confidence: 40)
    #expect(try FormReader().readings(of: [office.page()]).first?["17a"] == nil)
  }

  @Test("what an engine makes of an empty box is no mark beside a real one, and none by itself", arguments: [30, 80])
  func outlines(confidence: Int) throws {
    var page = TypedPage.professional(confidence: 90)
    page.type("[x", line: 20, column: 35, confidence: confidence)
    let reading = try #require(try FormReader().readings(of: [page.page()]).first)
    #expect(reading["10a"]?.doubts == (confidence < 60 ? [] : [.malformed]) && reading["10a"]?.value == "NO")
    var alone = TypedPage.professional(confidence: 90, changing: ["20,41": ""])
    alone.type("[x", line: 20, column: 35, confidence: confidence)
    let other = try #require(try FormReader().readings(of: [alone.page()]).first)
    #expect(other["10a"]?.value == nil && other["10a"]?.doubts == [.malformed])
  }

  @Test("a text longer than its box does not become part of the next one")
  func tooLong() throws {
    let page = TypedPage.institutional(changing: ["2,2": "SAINT BARTHOLOMEW GENERAL HOSPITAL"])
    let reading = try #require(try FormReader().readings(of: [page.page()]).first)
    #expect(
      reading["FL1.1"]?.doubts.contains(.straddling) == true || reading["FL2.1"]?.doubts.contains(.straddling) == true)
  }

  @Test("control characters never get out of a box")
  func controls() throws {
    let reading = try Self.reading("12,1", "7\u{1B}[31mWILLOW")
    #expect(reading["5"]?.doubts == [.malformed] && reading["5"]?.text == "7[31mWILLOW")
  }
}
