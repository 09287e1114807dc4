import ClaimFormats
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("Written files conform to X12", .temporaryFolder)
struct WriterTests {
  private static func segments(_ name: String, in text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("\(name)*") }
  }

  @Test("a CAS has up to six adjustments of one group, and adjustments of the same group are joined")
  func groups() throws {
    var adjustments = try (1...8).map { try Sample.adjustment(.contractual, "\($0)", "1.00") }
    adjustments.insert(try Sample.adjustment(.patientResponsibility, "1", "2.00"), at: 4)
    let line = try Sample.line("99213", charge: "20.00", paid: "10.00", adjustments)
    let text = try Sample.text(
      Sample.advice(paying: "10.00", [Sample.claim(charge: "20.00", paid: "10.00", lines: [line])]))
    #expect(
      Self.segments("CAS", in: text) == [
        "CAS*CO*1*1.00**2*1.00**3*1.00**4*1.00**5*1.00**6*1.00~", "CAS*CO*7*1.00**8*1.00~", "CAS*PR*1*2.00~",
      ])
  }

  @Test("a PLB has up to six provider adjustments")
  func providerAdjustments() throws {
    let adjustments = try (1...7).map {
      ProviderAdjustment(.adjustment, reference: "R\($0)", try Sample.money("-1.00"))
    }
    let text = try Sample.text(Sample.advice(paying: "7.00", [], adjustments))
    let found = Self.segments("PLB", in: text)
    #expect(found.count == 2 && found[1] == "PLB*1234567893*20261231*CS:R7*-1.00~")
    #expect(try Audited(text).isClean && !text.contains("LX*"))
  }

  @Test("names lose characters that X12 does not allow and are truncated; the file stays valid", .x12valid)
  func names() async throws {
    let patient = RemittedPerson(
      last: "  Núñez*Ærø~:^\u{7}\n\u{202E}李" + String(repeating: "x", count: 80), first: "Zoë", memberID: "M*1")
    var claim = try Sample.claim(charge: "5.00", paid: "5.00", details: Sample.details(patient: patient))
    let text = try Sample.text(Sample.advice(paying: "5.00", [claim]))
    let name = try #require(Self.segments("NM1", in: text).first).split(separator: "*")
    #expect(name[3].hasPrefix("Nunez AEro") && name[3].utf8.count <= 60 && name[4] == "Zoe" && name.last == "M 1~")
    #expect(try Audited(text).isClean)
    let folder = try #require(TemporaryFolderTrait.current)
    let complaints = try await X12Valid.complaints(about: Array(text.utf8), in: folder)
    #expect(complaints.isEmpty, "\(complaints.prefix(2_000))")
    claim = try Sample.claim("A~1*2", charge: "5.00", paid: "5.00")
    #expect(try Sample.text(Sample.advice(paying: "5.00", [claim])).contains("CLP*A 1 2*1*"))
  }

  @Test("a number is never truncated, and a required element is never empty: both are errors that quote no data")
  func limits() throws {
    let long = try Sample.claim(String(repeating: "7", count: 39), charge: "5.00", paid: "5.00")
    #expect(throws: X12WriteError.tooLong(segment: "CLP", element: 1, limit: 38)) {
      try Sample.text(Sample.advice(paying: "5.00", [long]))
    }
    let blank = try Sample.claim("李", charge: "5.00", paid: "5.00", controlNumber: "X")
    #expect(throws: X12WriteError.missing(segment: "CLP", element: 1)) {
      try Sample.text(Sample.advice(paying: "5.00", [blank]))
    }
    #expect(
      X12WriteError.tooLong(segment: "CLP", element: 1, limit: 38).description == "CLP01 is longer than 38 characters")
    #expect(X12ControlNumber(0) == nil && X12ControlNumber(1_000_000_000) == nil)
    #expect(X12Moment(try Sample.day("2026-03-19"), hour: 24, minute: 0) == nil)
  }

  @Test("trailers contain the count and the number of what they close")
  func trailers() throws {
    let advices = try [PublishedRemittances.r1(), PublishedRemittances.r8()]
    let first = try #require(X12ControlNumber(41))
    let envelope = try Sample.envelope(interchange: 90_210)
    let text = String(
      decoding: try RemittanceFile.bytes(advices, in: envelope, firstTransaction: first), as: UTF8.self)
    #expect(text.contains("ST*835*0041~") && text.contains("ST*835*0042~") && text.contains("*0042~\nGE*2*7~\n"))
    #expect(text.hasSuffix("IEA*1*000090210~\n") && text.utf8.prefix(106).last == UInt8(ascii: "~"))
    #expect(try Audited(text).isClean && Audited(text).verdicts.map(\.control) == ["0041", "0042"])
  }
}
