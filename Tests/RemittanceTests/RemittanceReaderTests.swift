import ClaimFormats
import ClaimsDomain
import TestSupport
import Testing

@Suite("Any sender's 835 is read, and nothing in it is trusted")
struct RemittanceReaderTests {
  private static func sample() throws -> String { try Sample.text(PublishedRemittances.r3()) }

  @Test("other delimiters, line breaks and a byte order mark change nothing")
  func delimiters() throws {
    let text = try Self.sample()
    let other = "\u{FEFF}\n" + text.replacing("*", with: "|").replacing(":", with: "<").replacing("~\n", with: "\r\n")
    #expect(try ReadBack(Array(other.utf8)).advices == ReadBack(Array(text.utf8)).advices)
    #expect(try Audited(other).isClean)
  }

  @Test("4010 is read, with a group code that 5010 dropped")
  func version4010() throws {
    let text = try Self.sample().replacing("*^*00501*", with: "*U*00401*").replacing(
      "005010X221A1", with: "004010X091A1"
    )
    .replacing("CAS*CO*45*50.00", with: "CAS*CR*45*50.00")
    #expect(try Audited(text).isClean)
  }

  @Test(
    "an incomplete envelope is reported",
    arguments: [
      ("SE*32*0001", "SE*31*0001", "transaction 0001 says 31 segments, but has 32"),
      ("SE*32*0001", "SE*32*0009", "transaction 0001 ends under another control number, 0009"),
      ("GE*1*7~\n", "", "group 7 is not closed: no GE before IEA"),
      ("IEA*1*000000101~\n", "", "interchange 000000101 is not closed: no IEA before the end of the file"),
    ])
  func envelope(part: String, replacement: String, said: String) throws {
    let text = try Self.sample()
    #expect(text.contains(part))
    let audited = try Audited(text.replacing(part, with: replacement))
    #expect(audited.envelope.map(\.what) == [said] && audited.verdicts.map(\.isBalanced) == [true])
  }

  @Test("missing or invalid amounts are reported with their place, and sums that depend on them are not guessed")
  func unreadable() throws {
    let text = try Self.sample()
    #expect(try Audited(text.replacing("*800.00*450.00*", with: "*800.00*4x0.00*")).sums == ["claim 1 unreadable"])
    #expect(
      try Audited(text.replacing("*800.00*450.00*", with: "*800.00**")).sums == ["claim 1 unreadable", "check 450.00"])
    #expect(try Audited(text.replacing("BPR*I*945.00", with: "BPR*I*")).sums == ["check unreadable"])
    #expect(
      try Audited(text.replacing("SVC*HC:99211*800.00", with: "SVC*HC:99211*8E2")).sums == ["line 1.1 unreadable"])
    let huge = try Audited(text.replacing("*800.00*450.00*", with: "*92233720368547758.07*-92233720368547758.07*"))
    #expect(huge.findings.contains { $0.fault == .tooLarge })
  }

  @Test("a finding contains the numbers of claim and line, and never a person's name")
  func words() throws {
    let finding = try #require(
      try Audited(Self.sample().replacing("CAS*PR*1*300.00", with: "CAS*PR*1*300.01")).findings.first)
    #expect(
      finding.description
        == "claim 1, number R3-1, line 1: SVC02 - CAS = SVC03: expected 499.99, found 500.00, difference 0.01 (segment 22, SVC03)"
    )
  }

  @Test("a file without an 835 is refused with what it contains instead")
  func refused() throws {
    #expect(try Audited("hello").refusal?.what == "this is not X12: it has no ISA segment")
    let other = try Self.sample().replacing("ST*835*", with: "ST*820*")
    #expect(try Audited(other).refusal?.what == "no remittance (835) in this X12 file: it holds 820")
    let empty = try Audited("")
    #expect(empty.refusal != nil && empty.verdicts.isEmpty)
  }

  @Test("beyond the limits a claim is reported as unreadable, and the rest is read")
  func limits() throws {
    let text = try Self.sample()
    let line = "SVC*HC:99211*0.00*0.00~\n"
    let many = text.replacing("CLP*R3-2", with: String(repeating: line, count: 1_200) + "CLP*R3-2")
    let audited = try Audited(many)
    #expect(audited.findings.allSatisfy { $0.claim == 1 && $0.sum == nil } && !audited.findings.isEmpty)
    let remarks = String(repeating: "LQ*HE*N130~\n", count: 41_000)
    #expect(try Audited(text.replacing("CLP*R3-2", with: remarks + "CLP*R3-2")).findings.map(\.claim) == [1])
  }

  @Test(
    "with bytes changed, removed or repeated at random, nothing crashes, and the verdict is the same for reads of any size"
  )
  func hostile() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let original = Array(try Self.sample().utf8)
    let likely = Array("*:~^ \r\n0A-.".utf8) + [0x00, 0x1C, 0x1D, 0x80, 0xFF]
    for round in 0..<300 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: bytes[place] = likely.randomElement(using: &generator) ?? 0
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...200, using: &generator)))
        default: bytes.insert(contentsOf: bytes[..<place].suffix(300), at: place)
        }
      }
      let longestRead = Int.random(in: 1...600, using: &generator)
      #expect(try Audited(bytes, longestRead: longestRead) == Audited(bytes), "seed \(seed), round \(round)")
    }
  }
}
