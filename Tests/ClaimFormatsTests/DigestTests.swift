import ClaimFormats
import ClaimsDomain
import Testing

@Suite("A claim's digest identifies its content and nothing else")
struct DigestTests {
  private static func digests(_ text: String) throws -> [String] { try Reading(text).claims.map(\.digest) }

  @Test("other separators, line ends, indentation and a byte order mark change nothing")
  func redelimited() throws {
    let plain = try Self.digests(Fixture.text("professional.x12"))
    #expect(plain.count == 2 && plain.allSatisfy { $0.utf8.count == 64 })
    #expect(try Self.digests(Fixture.text("odd-delimiters.x12")) == plain)
  }

  @Test("the same claim in another batch, at another place in the hierarchy, is the same claim")
  func anotherBatch() throws {
    let plain = try Self.digests(Fixture.text("professional.x12"))
    let batch = try Self.digests(Fixture.text("two-interchanges.x12"))
    #expect(Array(batch[..<2]) == plain)
  }

  @Test("lines broken at 80 columns change nothing")
  func wrapped() throws {
    let plain = try Fixture.text("professional.x12")
    let joined = Array(plain.replacing("\n", with: ""))
    let wrapped = stride(from: 0, to: joined.count, by: 80)
      .map { String(joined[$0..<min($0 + 80, joined.count)]) }.joined(separator: "\r\n")
    #expect(try Self.digests(wrapped) == Self.digests(plain))
  }

  @Test("a change to any element of a claim or of the loops above it makes a different claim")
  func changed() throws {
    let plain = try Fixture.text("institutional.x12")
    let digest = try #require(try Self.digests(plain).first)
    let changes = [
      ("LGH-77", "LGH-78"), ("*1310*", "*1311*"), ("SV2*510", "SV2*511"), ("HH700800900", "HH700800901"),
      ("*HARB1~\nCLM", "*HARB2~\nCLM"), ("1730165590", "1730165591"), ("31 MILL", "32 MILL"), ("ABF:E785", "ABF:E784"),
      ("*CH~", "*RP~"),
    ]
    for (part, replacement) in changes {
      let other = try Self.digests(plain.replacing(part, with: replacement))
      #expect(other.count == 1 && other != [digest])
    }
  }

  @Test("moving a character across a separator makes a different claim")
  func separatorsCount() throws {
    let plain = try Fixture.text("professional.x12")
    let moved = plain.replacing("NM1*82*1*OKAFOR*BEN*", with: "NM1*82*1*OKAFORBEN**")
    #expect(try Self.digests(moved).first != Self.digests(plain).first)
  }
}
