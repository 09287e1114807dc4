import ClaimsAPI
import Foundation
import Subprocess
import TestSupport
import Testing

@Suite("Claims that come over HTTP are paid once, however often and however many at once they are sent", .postgres)
struct SubmitOverHTTPTests {
  private static let submitter = Serving.token(.submitter)

  private static func options(_ store: StoreInUse, _ office: Office) async throws -> [String] {
    store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
  }

  @Test("the same request is answered with the same bytes, and the bank pays once", arguments: StoreKind.allCases)
  func replay(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let claims = Array(ManyClaims(count: 5, seed: 61).text.utf8)
    let run = try await Serving.open(in: office, try await Self.options(store, office)) { service in
      let first = try await service.post("/v1/claims", claims, as: Self.submitter, key: "batch-1")
      #expect(first.status == 200 && !first.isReplay, "\(first.text)")
      let summary = try #require(try first.json()["summary"] as? [String: Any])
      #expect(summary["paid"] as? Int == 5)
      let again = try await service.post("/v1/claims", claims, as: Self.submitter, key: "batch-1")
      #expect(again.status == 200 && again.isReplay && again.bytes == first.bytes)
      // Under a new key the request is a new one, and the claims are still the same claims.
      let other = try await service.post("/v1/claims", claims, as: Self.submitter, key: "batch-2")
      #expect(try (other.json()["summary"] as? [String: Any])?["replayed"] as? Int == 5)
    }
    #expect(run.ended == .exited(0), "\(run.errors)")
    #expect(!run.errors.contains("MANY"), "no member data in the log")
    try await office.bankPaid(5)
  }

  @Test("from 50 connections at once: one payment, identical bodies, the rest replays or 409s")
  func atOnce() async throws {
    let office = try Office()
    let store = try await StoreKind.postgres.store(in: office)
    let claims = Array(ManyClaims(count: 1, seed: 62).text.utf8)
    _ = try await Serving.open(in: office, try await Self.options(store, office)) { service in
      let replies = try await service.posts(50, "/v1/claims", claims, as: Self.submitter, key: "one")
      let answered = replies.filter { $0.status == 200 }
      #expect(answered.count { !$0.isReplay } == 1)
      #expect(Set(answered.map(\.bytes)).count == 1)
      #expect(replies.allSatisfy { $0.status == 200 || ($0.status == 409 && $0.headers["retry-after"] != nil) })
      let waiting = try await service.post(
        "/v1/claims", claims, as: Self.submitter, key: "one", headers: [("Prefer", "wait=20")])
      #expect(waiting.status == 200 && waiting.isReplay && waiting.bytes == answered.first?.bytes)
    }
    try await office.bankPaid(1)
  }

  @Test("if a service is killed in the middle, another one finishes the same request, and each claim is paid once")
  func killed() async throws {
    let office = try Office()
    let store = try await StoreKind.postgres.store(in: office)
    let claims = Array(ManyClaims(count: 40, seed: 63).text.utf8)
    _ = try await Gateway.open(in: office, faults: "delay=2s:commit:count=4") { gateway in
      let options = store.option + ["--gateway", gateway.url, "--jobs", "0", "--lease-milliseconds", "2000"]
      let first = try await Serving.open(in: office, options) { service in
        async let lost: Void = {
          _ = try? await service.post("/v1/claims", claims, as: Self.submitter, key: "forty")
        }()
        let begun = "SELECT count(*) || '' FROM payments"
        while try await store.sql(begun) != ["40"] { try await Task.sleep(for: .milliseconds(50)) }
        kill(service.processIdentifier.value, SIGKILL)
        await lost
      }
      #expect(first.ended == .killed(signal: 9))
      _ = try await Serving.open(in: office, options) { service in
        let reply = try await service.post(
          "/v1/claims", claims, as: Self.submitter, key: "forty", headers: [("Prefer", "wait=60")])
        #expect(reply.status == 200, "\(reply.text)")
        #expect(try (reply.json()["summary"] as? [String: Any])?["paid"] as? Int == 40)
      }
    }
    try await office.bankPaid(40)
  }

  @Test("claims for later are queued, and the service's own worker pays them")
  func later() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    let claims = Array(ManyClaims(count: 20, seed: 64).text.utf8)
    _ = try await Serving.open(in: office, store.option) { service in
      let reply = try await service.post(
        "/v1/claims", claims, as: Self.submitter, key: "later", headers: [("Prefer", "respond-async")])
      #expect(try reply.status == 202 && (reply.json()["queued"] as? Int) == 20, "\(reply.text)")
      for _ in 1...300 {
        let queue = try await service.get("/v1/queue", as: Serving.token(.operator)).json()
        if queue["waiting"] as? Int == 0, queue["leased"] as? Int == 0 { break }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    try await office.bankPaid(20)
  }

  @Test("what is no request of claims gets one clear problem, and nothing is done")
  func refused() async throws {
    let office = try Office()
    let claims = Array(ManyClaims(count: 1, seed: 65).text.utf8)
    _ = try await Serving.open(in: office, ["--body-limit", "100000"]) { service in
      func problem(_ reply: Serving.Reply, _ status: Int, _ code: String) throws {
        #expect(reply.status == status && reply.headers["content-type"] == "application/problem+json", "\(reply.text)")
        #expect(try reply.json()["type"] as? String == "urn:paidonce:problem:\(code)")
      }
      try problem(try await service.post("/v1/claims", claims, as: Self.submitter), 400, "key-missing")
      try problem(try await service.post("/v1/claims", [], as: Self.submitter, key: "a"), 400, "malformed")
      try problem(
        try await service.post("/v1/claims", "garbage".utf8, as: Self.submitter, key: "b"), 400, "malformed")
      try problem(
        try await service.post("/v1/claims", [UInt8](repeating: 65, count: 100_001), as: Self.submitter, key: "c"), 413,
        "too-large")
      try problem(try await service.post("/v1/claims", claims, as: "wrong", key: "d"), 401, "unauthorized")
      try problem(try await service.post("/v1/claims", claims, as: Serving.token(.auditor), key: "e"), 403, "forbidden")
      #expect(try await service.post("/v1/claims", claims, as: Self.submitter, key: "f").status == 200)
      let more = claims + Array("\n".utf8)
      try problem(try await service.post("/v1/claims", more, as: Self.submitter, key: "f"), 422, "key-reused")
      #expect(
        try await service.get("/metrics", as: Serving.token(.operator)).text
          .contains("\npaidonce_key_collisions_total 1\n"), "the alert for it has something to see")
      try problem(try await service.get("/nowhere", as: nil), 404, "no-route")
    }
    try await office.bankPaid(1)
  }
}
