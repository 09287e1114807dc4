import ClaimsAPI
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("What one examiner may not move in one act, nobody moves alone in several")
struct SmallActsTests {
  /// Plans of which each pays $10 more for DEMO-001 than the one before.
  private static let copays = [30, 20, 10, 0]

  private static func office() async throws -> Office {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    for copay in copays {
      try office.writePlans(to: "copay-\(copay)")
      let plan = try office.text(of: "copay-\(copay)/plans/PPO.yaml")
      try #require(plan.contains("copay: 30.00"))
      try office.write(
        plan.replacing("copay: 30.00", with: "copay: \(copay).00"), to: "copay-\(copay)/plans/PPO.yaml")
    }
    _ = try await office.process("in.837", "--plans", "copay-30")
    return office
  }

  /// Decides DEMO-001 by other plans, over HTTP.
  private static func adjust(
    _ office: Office, to copay: Int, by person: String = "examiner", approvedBy other: String? = nil
  ) async throws -> Int {
    let plans = ["--plans", "copay-\(copay)", "--four-eyes-above", "15"]
    let status = Mutex(0)
    _ = try await Serving.open(in: office, plans, enrolling: false) { service in
      let found = try await service.post(
        "/v1/claims/search", #"{"status": "paid"}"#.utf8, as: Serving.token(.examiner))
      let claims = try #require(try found.json()["claims"] as? [[String: Any]], "\(found.text)")
      let claim = claims.first { $0["claim_number"] as? String == "DEMO-001" }
      let path = "/v1/claims/\(try #require(claim?["claim_intake_id"] as? String))"
      let act = #"{"cause": "rules", "reason": "the copay was wrong"}"#
      let done = try await service.post(
        "\(path)/adjust", act.utf8, as: Serving.token(.examiner, of: person), key: "\(person)-\(copay)")
      status.withLock { $0 = done.status }
      guard let other else { return }
      let proposal = try #require(try done.json()["proposal"] as? [String: Any], "\(done.text)")
      let seen = #"{"reason": "seen", "proposal": \#(try #require(proposal["number"] as? Int))}"#
      let approved = try await service.post(
        "\(path)/approve", seen.utf8, as: Serving.token(.examiner, of: other), key: "\(other)-\(copay)")
      #expect(approved.status == 200, "\(approved.text)")
    }
    return status.withLock { $0 }
  }

  @Test("a second step beyond the limit is proposed, whoever takes it; once it is approved, they count from there")
  func upwards() async throws {
    let office = try await Self.office()
    #expect(try await Self.adjust(office, to: 20) == 200)
    #expect(try await Self.adjust(office, to: 10, by: "second", approvedBy: "examiner") == 202)
    #expect(try await Self.adjust(office, to: 0) == 200)
    try await office.verifiesClean(Self.copays.flatMap { ["--plans", "copay-\($0)"] })
  }

  @Test("what was moved may be taken back")
  func back() async throws {
    let office = try await Self.office()
    #expect(try await Self.adjust(office, to: 20) == 200)
    #expect(try await Self.adjust(office, to: 30) == 200)
    #expect(try await Self.adjust(office, to: 20, by: "second") == 200)
    try await office.verifiesClean("--plans", "copay-30", "--plans", "copay-20")
  }
}
