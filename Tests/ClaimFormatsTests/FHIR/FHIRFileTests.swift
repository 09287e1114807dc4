import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("Files of FHIR resources")
struct FHIRFileTests {
  private static let claim = "{\"resourceType\": \"Claim\", \"id\": \"x\"}"

  @Test("one broken entry or line never holds up another")
  func broken() throws {
    let bundle = try Fixture.fhir("bundle.json")
    for broken in [
      "{\"resource\": {\"resourceType\": \"Claim\", \"a\": 1, \"a\": 2}},", "{\"resource\": 7},", "17,",
      "{\"resource\": {\"x\" 1 }},",
    ] {
      let reading = try Reading(bundle.replacing("\"entry\": [", with: "\"entry\": [\(broken)", maxReplacements: 1))
      #expect(reading.claims.map(\.claimNumber.text) == ["FHIR-001", "FHIR-003"], "\(broken) \(reading.rejections)")
    }
    let lines = try Fixture.fhir("claims.ndjson")
    for broken in [
      "{\"resourceType\": \"Claim\", \"id\": \"cut", "{\"resourceType\": \"Claim\"", "}", "[1]", "\"text\"",
    ] {
      let reading = try Reading(lines.replacing("\n", with: "\n\(broken)\n", maxReplacements: 1))
      #expect(reading.claims.map(\.claimNumber.text) == ["FHIR-001", "FHIR-003"], "\(broken) \(reading.rejections)")
      #expect(reading.rejections.count == 1, "\(broken) \(reading.rejections)")
    }
  }

  @Test("a file that is cut off says so, and yields the claims before the cut")
  func cutOff() throws {
    let text = try Fixture.fhir("bundle.json")
    let end = try #require(text.range(of: "\"beneficiary\"", options: .backwards)).lowerBound
    let reading = try Reading(String(text[..<end]))
    #expect(reading.claims.map(\.claimNumber.text) == ["FHIR-001"], "\(reading.rejections)")
    #expect(reading.faults.map(\.what) == ["the file ends before its last bracket"])
    for length in stride(from: 1, to: text.utf8.count, by: 97) { _ = try Reading(text.utf8.prefix(length)) }
  }

  @Test(
    "a file without a Claim says what it is instead",
    arguments: [
      ("{\"resourceType\": \"ExplanationOfBenefit\"}", "ExplanationOfBenefit"),
      ("{\"resourceType\": \"Bundle\", \"type\": \"searchset\"}", "Bundle"),
      ("{\"resourceType\": \"<b>\"}", "Resource"),
    ])
  func noClaim(text: String, type: String) throws {
    let reading = try Reading(text)
    #expect(reading.faults.map(\.what) == ["this FHIR file holds no Claim; it begins with \(type)"], "\(reading)")
  }

  @Test("a history Bundle is refused, since it holds a claim several times")
  func history() throws {
    let reading = try Reading(
      "{\"resourceType\": \"Bundle\", \"entry\": [{\"resource\": \(Self.claim)}], \"type\": \"history\"}")
    #expect(reading.items.count == 1 && reading.faults.first?.what.contains("history") == true)
  }

  @Test("a resource that is in the file twice is not chosen from")
  func twice() throws {
    let text = try Fixture.fhir("claims.ndjson")
    let patient = try #require(text.split(separator: "\n").first { $0.contains("\"id\":\"delphine\",\"name\"") })
    let reading = try Reading(text + patient.replacing("Marchbank", with: "Other") + "\n")
    #expect(reading.rejections.map(\.location.element) == ["Claim.patient.reference"])
    #expect(reading.rejections.map(\.reason) == ["it refers to a resource that is in the file twice"])
    #expect(reading.claims.count == 1)
  }

  @Test("the resources of an entry are found by full URL, whatever their ids are")
  func fullURLs() throws {
    let text = try Fixture.fhir("bundle.json")
    let patient = "urn:uuid:11111111-2222-4333-8444-555555555555"
    let other = text.replacing(
      "\"fullUrl\": \"http://juniper.example/fhir/Patient/delphine\"", with: "\"fullUrl\": \"\(patient)\""
    )
    .replacing("\"reference\": \"Patient/delphine\"", with: "\"reference\": \"\(patient)\"")
    .replacing("\"id\": \"delphine\",\n        \"name\"", with: "\"name\"")
    #expect(try Reading(other).claims.map(\.digest) == Reading(text).claims.map(\.digest))
  }

  @Test("nothing that was sent is repeated in what is said about it")
  func quiet() throws {
    let secret = "Zzyzx"
    let text = try Fixture.fhir("bundle.json")
    for part in [
      "\"active\"", "\"claim\"", "\"professional\"", "\"USD\"", "\"1990-07-21\"", "Patient/delphine", "2026-03-02",
    ] {
      let damaged = text.replacing(part, with: part.hasPrefix("\"") ? "\"\(secret)\"" : secret)
      for rejection in try Reading(damaged).rejections {
        #expect(!"\(rejection.location) \(rejection.reason)".contains(secret), "\(rejection)")
      }
    }
  }

  @Test("a claim that refers to very much is refused rather than followed")
  func manyReferences() throws {
    let items = (1...200).map { "{\"reference\": \"Patient/p\($0)\"}" }.joined(separator: ",")
    let text = try Fixture.fhir("bundle.json").replacing(
      "\"priority\"", with: "\"procedure\": [\(items)], \"priority\"")
    #expect(try Reading(text).claims.isEmpty)
    #expect(try Reading(text).rejections.count == 2)
  }
}
