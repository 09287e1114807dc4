import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("The service as a FHIR server", .postgres)
struct FHIROverHTTPTests {
  private static let submitter = Serving.token(.submitter)
  private static let auditor = Serving.token(.auditor)
  private static let type = "application/fhir+json"

  private static func claim(_ number: String = "FHIR-001") throws -> [UInt8] {
    let resource = try FHIRFixture.contained(in: "bundle.json", type: "Claim")
    let text = String(decoding: try FHIRFixture.bytes(resource), as: UTF8.self)
    return Array(text.replacing("FHIR-001", with: number).utf8)
  }

  private static func issue(_ reply: Serving.Reply) throws -> String? {
    #expect(reply.headers["content-type"] == type, "\(reply.text)")
    let outcome = try reply.json()
    guard outcome["resourceType"] as? String == "OperationOutcome" else { return nil }
    return (outcome["issue"] as? [[String: Any]])?.first?["code"] as? String
  }

  @Test(
    "$submit takes a Claim, Parameters and a Bundle to one payment, and a repeat gets the same bytes",
    arguments: StoreKind.allCases)
  func submit(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    let claim = try Self.claim()
    let parameters =
      Array("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":".utf8) + claim
      + Array("}]}".utf8)
    let run = try await Serving.open(in: office, options) { service in
      let path = "/fhir/Claim/$submit"
      let first = try await service.post(path, claim, as: Self.submitter, key: "one")
      #expect(first.status == 200 && first.headers["content-type"] == Self.type && !first.isReplay, "\(first.text)")
      let response = try first.json()
      #expect(response["resourceType"] as? String == "ClaimResponse" && response["outcome"] as? String == "complete")
      #expect(first.text.contains("\"payment\":{\"type\"") && first.text.contains("{\"value\":95.00,"), "\(first.text)")
      let again = try await service.post(path, claim, as: Self.submitter, key: "one")
      #expect(again.status == 200 && again.isReplay && again.bytes == first.bytes)
      let other = try await service.post(path, parameters, as: Self.submitter, key: "two")
      #expect(other.status == 200 && !other.isReplay && other.bytes == first.bytes, "\(other.text)")
      #expect(try Self.issue(try await service.post(path, parameters, as: Self.submitter, key: "one")) == "processing")

      let bundle = try await service.post(
        path, try FHIRFixture.text("bundle.json").utf8, as: Self.submitter, key: "all")
      let entries = try #require(try bundle.json()["entry"] as? [[String: Any]])
      #expect(entries.count == 2, "\(bundle.text)")
      // The same file over the other route is the same claims.
      let plain = try await service.post(
        "/v1/claims", try FHIRFixture.text("bundle.json").utf8, as: Self.submitter, key: "v1",
        headers: [("Content-Type", Self.type)])
      #expect(try (plain.json()["summary"] as? [String: Any])?["replayed"] as? Int == 2, "\(plain.text)")

      let id = try #require(response["id"] as? String)
      let eob = try await service.get("/fhir/ExplanationOfBenefit/\(id)", as: Self.auditor)
      let letter = try await service.get("/v1/claims/\(id)/letter", as: Self.auditor, headers: [("Accept", Self.type)])
      #expect(
        eob.status == 200 && eob.bytes == letter.bytes && eob.headers["cache-control"] == "no-store", "\(eob.text)")
      let read = try await service.get("/fhir/ClaimResponse/\(id)", as: Self.auditor)
      let shown = try await service.get("/v1/claims/\(id)", as: Self.auditor, headers: [("Accept", Self.type)])
      #expect(read.status == 200 && read.bytes == shown.bytes && read.bytes == first.bytes, "\(read.text)")
    }
    #expect(run.ended == .exited(0) && !run.errors.contains("Marchbank"), "\(run.errors)")
    // The contained claim and the one of the Bundle differ in nothing but where their resources are.
    try await office.bankPaid(2)
  }

  @Test("errors are OperationOutcomes: a key is missing, nothing to read, a claim rejected, no token, no such claim")
  func errors() async throws {
    let office = try Office()
    let claim = try Self.claim()
    _ = try await Serving.open(in: office) { service in
      let path = "/fhir/Claim/$submit"
      func expect(_ reply: Serving.Reply, _ status: Int, _ code: String) throws {
        #expect(try reply.status == status && Self.issue(reply) == code, "\(reply.status) \(reply.text)")
      }
      try expect(try await service.post(path, claim, as: Self.submitter), 400, "required")
      try expect(try await service.post(path, "ISA*".utf8, as: Self.submitter, key: "a"), 400, "invalid")
      try expect(
        try await service.post(path, "{\"resourceType\":\"Patient\"}".utf8, as: Self.submitter, key: "b"), 400,
        "invalid")
      try expect(
        try await service.post(path, "{\"resourceType\":\"Parameters\"}".utf8, as: Self.submitter, key: "c"), 400,
        "invalid")
      try expect(try await service.post(path, claim, as: nil, key: "d"), 401, "login")
      try expect(try await service.post(path, claim, as: Self.auditor, key: "e"), 403, "forbidden")
      try expect(
        try await service.get("/fhir/ClaimResponse/CLM-0123456789abcdef0123", as: Self.auditor), 404, "not-found")
      try expect(try await service.get("/fhir/Claim/$submit", as: Self.submitter), 405, "not-supported")
      try expect(try await service.get("/fhir/Observation/1", as: Self.auditor), 404, "not-found")
      let oral = String(decoding: claim, as: UTF8.self).replacing("professional", with: "oral")
      let rejected = try await service.post(path, oral.utf8, as: Self.submitter, key: "f")
      try expect(rejected, 422, "invalid")
      #expect(rejected.text.contains("\"expression\":[\"Claim.type\"]") && !rejected.text.contains("Marchbank"))
      #expect(try await service.post(path, oral.utf8, as: Self.submitter, key: "f").isReplay)
    }
  }

  @Test("eligibility is answered without a key, and the server says what it offers", .fhirvalid)
  func eligibility() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      let path = "/fhir/CoverageEligibilityRequest/$submit"
      let request = try FHIRFixture.text("eligibility-request.json")
      let answer = try await service.post(path, request.utf8, as: Self.submitter)
      #expect(answer.status == 200 && answer.text.contains("\"inforce\":true"), "\(answer.text)")
      let contained = try FHIRFixture.contained(in: "eligibility-request.json", type: "CoverageEligibilityRequest")
      let other = try await service.post(path, try FHIRFixture.bytes(contained), as: Self.submitter)
      #expect(other.bytes == answer.bytes, "\(other.text)")
      let refused = try await service.post(
        path, request.replacing("\"subscriberId\"", with: "\"network\"").utf8, as: Self.submitter)
      #expect(try refused.status == 422 && Self.issue(refused) == "processing", "\(refused.text)")
      #expect(refused.text.contains("Coverage.subscriberId"), "\(refused.text)")
      #expect(try await service.post(path, request.utf8, as: Self.auditor).status == 403)
      let capabilities = try await service.get("/fhir/metadata", as: nil)
      #expect(capabilities.status == 200 && capabilities.text.contains("\"fhirVersion\":\"4.0.1\""))
      let complaints = try await FHIRValid.complaints(about: [answer.bytes, refused.bytes, capabilities.bytes])
      #expect(complaints == ["", "", ""])
    }
  }
}
