import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A file's content determines its format; any other file is refused in one line: what, where, and what to do")
struct FileFormatTests {
  @Test("X12 and JSON are distinguished", arguments: Fixture.x12 + Fixture.json)
  func known(name: String) throws {
    #expect(try ClaimFileFormat.detect(Fixture.bytes(name)) == (name.hasSuffix("x12") ? .x12 : .json))
  }

  @Test(
    "a PDF and a picture are paper forms, whatever is written in them",
    arguments: [
      Array("%PDF-1.7\nISA*00*".utf8), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], [0xFF, 0xD8, 0xFF, 0xE0],
      Array("II*".utf8) + [0, 8], Array("MM".utf8) + [0, 42, 0],
    ])
  func forms(bytes: [UInt8]) throws {
    #expect(try ClaimFileFormat.detect(bytes) == .form)
  }

  @Test(
    "anything else is refused",
    arguments: [
      ([], "the file is empty"), (Array(" \r\n".utf8), "the file is empty"),
      (Array("%PDF-1.7 ISA".utf8), "this is a paper form, and paper forms are not read here"),
      ([0x50, 0x4B, 3, 4, 9], "this is a zip archive, not a file of claims"),
      ([0, 1, 2, 3, 0xFF, 0xFE], "this is binary data, not a file of claims"),
      (Array("hello".utf8), "this is neither X12 (no ISA segment) nor JSON"),
      (
        Array("GS*HC*A*B*20260101*1*1*X*005010X222A1~ST*837*1~".utf8),
        "this is X12 without a whole ISA segment, so its separators are not known"
      ),
      (Array("{\"resourceType\": \"Patient\"}".utf8), "this FHIR file holds no Claim; it begins with Patient"),
    ])
  func refused(bytes: [UInt8], what: String) throws {
    let reading = try Reading(bytes)
    #expect(reading.items.count == 1)
    #expect(reading.faults.map(\.what) == [what])
    #expect(reading.faults.allSatisfy { $0.severity == .error && !$0.advice.isEmpty && !$0.description.contains("\n") })
  }

  @Test("X12 without an 837 is refused with the transaction that it contains")
  func remittance() throws {
    let text =
      try Fixture.text("professional.x12").prefix(107)
      + "GS*HP*A*B*20260101*1*1*X*005010X221A1~ST*835*1~SE*2*1~GE*1*1~IEA*1*000000101~"
    #expect(try Reading(String(text)).faults.map(\.what) == ["no claims (837) in this X12 file: it holds 835"])
  }
}
