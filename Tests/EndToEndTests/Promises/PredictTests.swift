import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("The keys of a run are known before it runs", .postgres)
struct PredictTests {
  @Test("what is predicted is what the run then acts under, no more and no less", arguments: StoreKind.allCases)
  func predicted(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    try office.write(ManyClaims(count: 30, seed: 96).text, to: "many.837")
    // The members are known from here on, so that the prediction needs to enroll nobody.
    _ = try await office.process(["in.837", "--enroll", "PPO"] + store.option)
    _ = try await office.claims(["process", "many.837", "--enroll", "PPO"] + Office.received + store.option)
    try office.write(ManyClaims(count: 30, seed: 96).text.replacing("MANY-", with: "NEXT-"), to: "next.837")
    let before = Set(try await store.sql("SELECT key FROM effect_keys"))
    let asked = try await office.claims(["keys", "predict", "next.837", "--output", "json"] + store.option)
    #expect(asked.way == .exited(0), "\(asked.errors)")
    #expect(Set(try await store.sql("SELECT key FROM effect_keys")) == before, "nothing is kept of the prediction")
    let predicted = try asked.text.split(separator: "\n").flatMap { line in
      let claim = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
      return claim.filter { $0.key != "claim_number" }.map(\.value)
    }
    #expect(predicted.count >= 30 * 4, "\(asked.text)")
    _ = try await office.claims(["process", "next.837"] + Office.received + store.option)
    let used = Set(try await store.sql("SELECT key FROM effect_keys")).subtracting(before)
    #expect(used.subtracting(predicted).isEmpty, "\(used.subtracting(predicted))")
    #expect(Set(predicted).subtracting(before) == used, "\(Set(predicted).subtracting(before).subtracting(used))")
  }

  @Test("over HTTP they are the same, and nothing is kept", arguments: StoreKind.allCases)
  func overHTTP(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    _ = try await Serving.open(in: office, options + ["--jobs", "0"], enrolling: false) { service in
      let asked = try await service.post("/v1/keys/predict", SampleClaims.text.utf8, as: Serving.token(.submitter))
      #expect(asked.status == 200, "\(asked.text)")
      let claims = try #require(try asked.json()["claims"] as? [[String: String]], "\(asked.text)")
      // The service takes claims as received on the day of the samples, and so does the command line.
      let told = try await office.claims(
        ["keys", "predict", "in.837", "--output", "json"] + Office.received + store.option)
      let lines = try told.text.split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
      }
      #expect(claims == lines && claims.count == 15, "\(told.errors)")
      for body in ["", "[]", "ISA"] {
        let refused = try await service.post("/v1/keys/predict", body.utf8, as: Serving.token(.submitter))
        #expect(refused.status == 400 || body == "[]", "\(body): \(refused.status) \(refused.text)")
      }
      let reader = try await service.post("/v1/keys/predict", SampleClaims.text.utf8, as: Serving.token(.auditor))
      #expect(reader.status == 403)
    }
    #expect(try await store.sql("SELECT key FROM effect_keys").isEmpty, "nothing is kept of the prediction")
  }

  @Test("a claim that cannot be read is named, and the others have their keys")
  func damaged() async throws {
    let office = try Office()
    let many = ManyClaims(count: 3, seed: 97).text
    try office.write(many, to: "many.837")
    #expect(try await office.process("many.837", "--enroll", "PPO").way == .exited(0))
    let next = many.replacing("MANY-", with: "NEXT-")
    try office.write(next.replacing("CLM*NEXT-2*", with: "CLM*NEXT-2*-"), to: "next.837")
    let asked = try await office.claims(["keys", "predict", "next.837"])
    #expect(asked.way == .exited(65), "\(asked.text)")
    #expect(asked.complaints.count == 1 && asked.errors.contains("the amount is negative"), "\(asked.errors)")
    let told = ["NEXT-1", "NEXT-2", "NEXT-3"].map { asked.text.contains($0) }
    #expect(told == [true, false, true], "\(asked.text)")
    #expect(asked.text.components(separatedBy: "idemp:pay:").count == 3, "\(asked.text)")
    let none = try await office.claims(["keys", "predict", "none.837"])
    #expect(none.way == .exited(65), "\(none.errors)")
  }
}
