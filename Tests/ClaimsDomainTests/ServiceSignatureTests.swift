import ClaimsDomain
import Testing

@Suite("The same care has the same signature")
struct ServiceSignatureTests {
  private func text(_ line: ServiceLine, of claim: SubmittedClaim? = nil) throws -> String {
    let claim = try claim ?? Sample.claim([line])
    return try #require(ServiceSignature(of: line, in: claim, member: claim.memberID)).text
  }

  @Test("The claim's number, the line's number and the order of modifiers do not matter")
  func sameCare() throws {
    let first = try Sample.line(1, charge: "100", modifiers: ["LT", "59"])
    let again = try Sample.line(7, charge: "100.0", modifiers: ["59", "LT"])
    let other = try Sample.claim([again], number: "REKEYED")
    #expect(try text(first) == text(again, of: other))
  }

  @Test("Every part of the signature distinguishes two services")
  func differentCare() throws {
    let line = try Sample.line(charge: "100")
    let claim = try Sample.claim([line])
    var texts = Set([try text(line)])
    for other in [
      try Sample.line(1, "G0439", charge: "100"), try Sample.line(charge: "100", modifiers: ["LT"]),
      try Sample.line(charge: "100", units: Units(2)), try Sample.line(charge: "100.01"),
      try Sample.line(charge: "100", place: "12"), try Sample.line(charge: "100", on: "2026-03-03"),
      try Sample.line(charge: "100", through: "2026-03-03"), try Sample.line(charge: "100", revenue: "0510"),
    ] {
      #expect(texts.insert(try text(other)).inserted)
    }
    var colleague = claim
    colleague.renderingProvider = Provider(name: "Colleague", npi: "1111111112")
    #expect(texts.insert(try text(line, of: colleague)).inserted)
    var relative = claim
    relative.subscriber.memberID = MemberID("M2")
    #expect(texts.insert(try text(line, of: relative)).inserted)
  }

  @Test("Fields stay separate, whatever they contain")
  func unambiguous() throws {
    var one = try Sample.claim([Sample.line(charge: "1")])
    var two = one
    one.subscriber.memberID = MemberID("A,2:")
    one.billingProvider.npi = "B"
    two.subscriber.memberID = MemberID("A")
    two.billingProvider.npi = ",2:B"
    #expect(try text(one.lines[0], of: one) != text(two.lines[0], of: two))
  }
}
