import ClaimFormats
import ClaimsDomain
import Foundation
import TestSupport
import Testing

@Suite("The corpus of other projects' FHIR files")
struct FHIRCorpusTests {
  /// A fault that each Claim of the corpus is refused for, where the fault is and why. None of them can be decided: most
  /// name parties that are not in the file.
  private static let claims = [
    "r4-spec/Claim-100150.json": "Claim.type: oral claims are not supported",
    "r4-spec/Claim-100154.json": "Claim.type: oral claims are not supported",
    "r4-spec/Claim-100155.json": "Claim.type: oral claims are not supported",
    "r4-spec/Claim-100156.json": "Claim.type: oral claims are not supported",
    "r4-spec/Claim-660150.json": "Claim.type: vision claims are not supported",
    "r4-spec/Claim-760150.json": "Claim.type: pharmacy claims are not supported",
    "r4-spec/Claim-760152.json": "Claim.type: pharmacy claims are not supported",
    "r4-spec/Claim-960150.json": "Claim.patient.reference: it refers to a resource that is not in the file",
    // The patient's status at discharge is a code of another system.
    "r4-spec/Claim-MED-00050.json": "Claim.supportingInfo[1].code: it has no NUBC patient status",
    // The coverage is only a payer's name.
    "bfd-v2/claimFissRead.json":
      "Claim.insurance[0].coverage: the coverage must be a resource that is sent with the claim",
  ]

  @Test(
    "every file is read or refused for its actual reason",
    .enabled(if: SharedCorpus.fhir != nil, "no corpus: set PAIDONCE_CORPUS"))
  func accounted() throws {
    let folder = try #require(SharedCorpus.fhir)
    var claims: Set<String> = []
    for file in try Self.files(in: folder) {
      let name = file.pathComponents.suffix(2).joined(separator: "/")
      let bytes = Array(try Data(contentsOf: file))
      let reading = try Reading(bytes)
      #expect(try Reading(bytes, longestRead: 61) == reading, "\(name)")
      if let expected = Self.claims[name] {
        claims.insert(name)
        let rejection = try #require(reading.rejections.first, "\(name)")
        #expect(reading.items.count == 1 && rejection.claimNumber != nil, "\(name)")
        let faults = ([(rejection.location, rejection.reason)] + rejection.further.map { ($0.location, $0.reason) })
          .map { location, reason in "\(location.element ?? ""): \(reason)" }
        #expect(faults.contains { $0.hasPrefix(expected) }, "\(name) \(faults)")
      } else if name.hasPrefix("bfd-rda/") {
        #expect(reading.claims.isEmpty && reading.rejections.count > 1, "\(name): records of the mainframe are no FHIR")
      } else {
        let type = try #require(
          String(decoding: bytes, as: UTF8.self).firstMatch(of: /"resourceType" *: *"([A-Za-z]+)"/)?.1)
        #expect(
          reading.faults.map(\.what) == ["this FHIR file holds no Claim; it begins with \(type)"], "\(name) \(reading)")
      }
    }
    #expect(claims.count == Self.claims.count)
  }

  private static func files(in folder: URL) throws -> [URL] {
    try ["r4-spec", "bfd-v2", "bfd-v3", "bfd-rda"].flatMap { part in
      try FileManager.default.contentsOfDirectory(at: folder.appending(path: part), includingPropertiesForKeys: nil)
        .sorted { $0.path < $1.path }
    }
  }

  @Test(
    "the specification's example is read once its discharge code is NUBC's and its hospital is there",
    .enabled(if: SharedCorpus.fhir != nil, "no corpus: set PAIDONCE_CORPUS"))
  func example() throws {
    let file = try #require(SharedCorpus.fhir).appending(path: "r4-spec/Claim-MED-00050.json")
    var text = try String(contentsOf: file, encoding: .utf8)
    let changes = [
      (
        "https://www.cms.gov/Outreach-and-Education/Medicare-Learning-Network-MLN/MLNMattersArticles/downloads/SE0801.pdf",
        "https://www.nubc.org/CodeSystem/PatDischargeStatus"
      ),
      ("http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"),
      (
        "\"reference\": \"Organization/1\"",
        "\"identifier\": {\"system\": \"http://hl7.org/fhir/sid/us-npi\", \"value\": \"1730165590\"}"
      ),
      ("\"reference\": \"Practitioner/example\"", "\"display\": \"nobody\""),
      (
        "\"supportingInfo\": [",
        "\"supportingInfo\": [{\"sequence\": 9, \"category\": {\"coding\": [{\"system\": \"http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType\", \"code\": \"typeofbill\"}]}, \"code\": {\"coding\": [{\"system\": \"https://www.nubc.org/CodeSystem/TypeOfBill\", \"code\": \"831\"}]}},"
      ),
    ]
    for (old, new) in changes {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    let reading = try Reading(text)
    let claim = try #require(reading.claims.first, "\(reading.rejections)")
    #expect(claim.charge == Money(cents: 12_500_00) && claim.facilityCode == "83" && claim.diagnoses.count == 4)
    #expect(claim.lines.map(\.diagnosisPointers) == [[2, 4]] && claim.lines[0].units == .one)
    #expect(claim.subscriber.memberID == MemberID("10138556") && claim.payer.id == PayerID("123456"))
  }
}
