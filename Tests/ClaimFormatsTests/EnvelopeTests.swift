import ClaimFormats
import ClaimsDomain
import Testing

@Suite("Nothing is accepted from a damaged envelope")
struct EnvelopeTests {
  private static let damages: [(part: String, replacement: String, said: String)] = [
    ("SE*61*0001", "SE*41*0001", "transaction 0001 says 41 segments, but has 61"),
    ("SE*61*0001", "SE**0001", "transaction 0001 does not say its number of segments, but has 61"),
    ("SE*61*0001", "SE*61*0002", "transaction 0001 ends under another control number, 0002"),
    ("GE*1*1", "GE*7*1", "group 1 says 7 transactions, but has 1"),
    ("GE*1*1", "GE*1*9", "group 1 ends under another control number, 9"),
    ("GE*1*1~\n", "", "group 1 is not closed: no GE before IEA"),
    ("IEA*1*000000101", "IEA*3*000000101", "interchange 000000101 says 3 groups, but has 1"),
    ("IEA*1*000000101", "IEA*1*000000999", "interchange 000000101 ends under another control number, 000000999"),
    ("IEA*1*000000101~\n", "", "interchange 000000101 is not closed: no IEA before the end of the file"),
  ]

  @Test(
    "in production, a wrong count, a wrong control number or a missing trailer rejects the claims inside",
    arguments: damages)
  func production(part: String, replacement: String, said: String) throws {
    let text = try Fixture.text("professional.x12")
    #expect(text.contains(part))
    let reading = try Reading(text.replacing(part, with: replacement))
    #expect(reading.rejections.map(\.reason) == [said, said])
    #expect(reading.rejections.map(\.claimNumber) == [ClaimNumber("CGC-1001"), ClaimNumber("CGC-1002")])
    #expect(reading.faults.map(\.severity) == [.error])
    #expect(reading.faults.map(\.what) == [said])
    #expect(reading.claims.isEmpty)
  }

  @Test("in test data (ISA15 = T) the same damage is a warning, and the claims are read", arguments: damages)
  func testData(part: String, replacement: String, said: String) throws {
    let text = try Fixture.text("professional.x12").replacing("*0*P*:~", with: "*0*T*:~")
    let reading = try Reading(text.replacing(part, with: replacement))
    #expect(reading.faults.map(\.severity) == [.warning] && reading.faults.map(\.what) == [said])
    #expect(reading.claims.count == 2)
  }

  @Test("a transaction without its SE is rejected even in test data, and the others are read")
  func cutOff() throws {
    let text = try Fixture.text("two-interchanges.x12")
    let reading = try Reading(text.replacing("SE*31*0001~", with: ""))
    #expect(reading.rejections.map(\.claimNumber?.text) == ["CGC-1001"])
    #expect(reading.rejections.first?.reason == "transaction 0001 is cut off: no SE before the next ST")
    #expect(reading.claims.count == 3)
  }

  @Test("a file cut off at any byte keeps only complete transactions")
  func truncation() throws {
    let text = try Fixture.text("professional.x12")
    let bytes = Array(text.utf8)
    let whole = text.utf8.distance(from: text.startIndex, to: try #require(text.firstRange(of: "SE*61")).lowerBound)
    for cut in stride(from: 200, to: whole, by: 7) {
      let prefix = Array(bytes[..<cut])
      let reading = try Reading(prefix)
      #expect(reading.claims.isEmpty)
      #expect(reading.accounted == ClaimSegmentCount.count(in: prefix))
      #expect(!reading.faults.isEmpty)
    }
  }

  @Test("an interchange that was cut off does not swallow the next one, which has other separators")
  func joined() throws {
    let first = try Fixture.text("professional.x12")
    let cut = try #require(first.firstRange(of: "SV1*HC:J18")).upperBound
    let reading = try Reading(Array(first[..<cut].utf8) + Array(try Fixture.bytes("odd-delimiters.x12").dropFirst(3)))
    #expect(reading.rejections.map(\.claimNumber?.text) == ["CGC-1001"])
    #expect(reading.claims.map(\.claimNumber.text) == ["CGC-1001", "CGC-1002"])
  }

  @Test("a CLM outside of an 837 is accounted for")
  func stray() throws {
    let text = try Fixture.text("professional.x12")
    let reading = try Reading(text + "CLM*LATE*1***11:B:1~\n")
    #expect(reading.claims.count == 2)
    #expect(reading.rejections.map(\.reason) == ["the claim stands outside of any transaction"])
  }

  @Test("a repeated control number is refused: the first one in a group or interchange counts")
  func repeated() throws {
    let text = try Fixture.text("institutional.x12").replacing("*0*T*:~", with: "*0*P*:~")
    let start = try #require(text.firstRange(of: "ST*837")).lowerBound
    let end = try #require(text.firstRange(of: "GE*1*1")).lowerBound
    let twice = text[..<end] + text[start..<end] + text[end...].replacing("GE*1*", with: "GE*2*")
    let reading = try Reading(String(twice))
    #expect(reading.claims.count == 1)
    #expect(reading.rejections.map(\.location.element) == ["ST02"])
    let group = try #require(text.firstRange(of: "GS*")).lowerBound
    let trailer = try #require(text.firstRange(of: "IEA*")).lowerBound
    let groups = text[..<trailer] + text[group..<trailer] + text[trailer...].replacing("IEA*1*", with: "IEA*2*")
    let other = try Reading(String(groups))
    #expect(other.claims.count == 1)
    #expect(other.rejections.map(\.location.element) == ["GS06"])
  }

  @Test("a flood of faults is bounded, and everything after the limit is rejected")
  func flood() throws {
    let text = try Fixture.text("institutional.x12")
    let start = try #require(text.firstRange(of: "ST*837")).lowerBound
    let end = try #require(text.firstRange(of: "GE*1*1")).lowerBound
    let transaction = text[start..<end].replacing(/SE\*\d+/, with: "SE*3")
    let flood =
      text[..<start] + String(repeating: String(transaction), count: 10_002) + text[start..<end]
      + "GE*10003*1~IEA*1*000000102~"
    let reading = try Reading(String(flood))
    #expect(reading.faults.count == 10_001)
    #expect(reading.rejections.count == 10_003 && reading.claims.isEmpty)
  }
}
