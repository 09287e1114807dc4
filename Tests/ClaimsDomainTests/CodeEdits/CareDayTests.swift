import ClaimsDomain
import Testing

@Suite("The care of one patient by one provider on one day")
struct CareDayTests {
  private static let colleague = Provider(name: "Colleague", npi: "1111111112")

  private func text(
    _ line: ServiceLine? = nil, member: MemberID = Sample.member, _ change: (inout SubmittedClaim) -> Void = { _ in }
  ) throws -> String {
    let line = try line ?? Sample.line(charge: "100")
    var claim = try Sample.claim([line])
    change(&claim)
    let day = try #require(claim.serviceDates(of: line)?.first)
    return try #require(CareDay(of: line, on: day, in: claim, member: member)).text
  }

  @Test("is the same whatever the code, the billing details or the member number")
  func same() throws {
    let first = try text()
    #expect(try text(Sample.line(7, "G0102", charge: "9", modifiers: ["59"], units: Units(2), place: "22")) == first)
    #expect(try text(Sample.line(charge: "100", through: "2026-03-04")) == first, "each day of the line counts")
    #expect(try text { $0.claimNumber = ClaimNumber("C2") } == first)
    #expect(
      try text { $0.subscriber.memberID = MemberID("ANOTHER-NUMBER") } == first, "the directory identifies the person")
  }

  @Test("differs by patient, day, provider or setting, and for a facility the provider is the facility")
  func another() throws {
    func hospital(_ type: String, rendering: Provider? = nil) throws -> String {
      try text {
        ($0.kind, $0.facilityCode, $0.renderingProvider) = (.institutional, type, rendering)
      }
    }
    let days = try [
      text(), text(member: MemberID("M2")), text(Sample.line(charge: "100", on: "2026-03-03")),
      text { $0.renderingProvider = Self.colleague }, hospital("13"), hospital("11"),
    ]
    #expect(Set(days).count == days.count)
    #expect(try hospital("13", rendering: Self.colleague) == hospital("13"))
    #expect(try text { ($0.billingProvider, $0.renderingProvider) = (Self.colleague, $0.billingProvider) } == text())
  }

  @Test("does not exist for a line without a procedure, and its text differs from every other signature")
  func texts() throws {
    let line = try Sample.line(1, "", charge: "100", revenue: "0120")
    let day = try Sample.day("2026-03-02")
    #expect(CareDay(of: line, on: day, in: try Sample.claim([line]), member: Sample.member) == nil)
    let visit = try Sample.line(charge: "100")
    let near = NearSignature(of: visit, on: day, in: try Sample.claim([visit]), member: Sample.member)
    #expect(try near?.text != text())
  }
}
