import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("Agents that are not ours keep the keys of their effects here", .postgres)
struct EffectsOverHTTPTests {
  private static let agent = Serving.token(.agent)
  private static let second = Serving.token(.agent, of: "second")
  private static let print = String(repeating: "a", count: 64)

  private static func post(
    _ service: Serving, _ operation: String, _ members: [String: Any], as token: String = agent
  ) async throws -> Serving.Reply {
    let body = try JSONSerialization.data(withJSONObject: members)
    return try await service.post("/v1/effects/\(operation)", body, as: token)
  }

  private static func open(
    _ kind: StoreKind, _ work: @Sendable (Serving) async throws -> Void
  ) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let bank = try await office.bankOption(for: ["process"] + store.option + ["x"])
    _ = try await Serving.open(in: office, store.option + bank, work)
  }

  @Test("an effect is acquired once, and its outcome is answered byte for byte", arguments: StoreKind.allCases)
  func once(on kind: StoreKind) async throws {
    try await Self.open(kind) { service in
      let ask: [String: Any] = ["key": "ship:42", "fingerprint": Self.print]
      let first = try await Self.post(service, "acquire", ask)
      let epoch = try #require(try first.json()["epoch"] as? Int, "\(first.text)")
      #expect(try first.json()["taken_over"] as? Bool == false)
      let busy = try await Self.post(service, "acquire", ask)
      #expect(busy.status == 409 && busy.headers["retry-after"] != nil)
      let other = try await Self.post(
        service, "acquire", ["key": "ship:42", "fingerprint": String(repeating: "b", count: 64)])
      #expect(other.status == 422)

      let bytes = Data([0, 1, 2, 255])
      let report: [String: Any] = [
        "key": "ship:42", "epoch": epoch, "status": 201, "content_type": "application/x-parcel",
        "body_base64": bytes.base64EncodedString(),
      ]
      #expect(try await Self.post(service, "complete", report).status == 200)
      #expect(try await Self.post(service, "complete", report).status == 200, "a report that is sent again is accepted")
      var another = report
      another["status"] = 202
      #expect(try await Self.post(service, "complete", another).status == 409)

      let replay = try await Self.post(service, "acquire", ask)
      #expect(try replay.isReplay && (replay.json()["outcome"] as? String) == "replayed")
      let result = try await Self.post(service, "result", ["key": "ship:42"])
      #expect(result.status == 201 && result.bytes == Array(bytes) && result.isReplay)
      #expect(result.headers["content-type"] == "application/x-parcel")
      let known = try await Self.post(service, "check", ["key": "ship:42"]).json()
      #expect(known["status"] as? String == "COMPLETED")
    }
  }

  @Test("an owner that is gone is followed by another under a later epoch, and its late report is refused")
  func takenOver() async throws {
    try await Self.open(.sqlite) { service in
      let ask: [String: Any] = ["key": "k", "fingerprint": Self.print, "lease_seconds": 1]
      let first = try #require(try await Self.post(service, "acquire", ask).json()["epoch"] as? Int)
      try await Task.sleep(for: .milliseconds(1_200))
      let next = try await Self.post(service, "acquire", ask).json()
      let second = try #require(next["epoch"] as? Int)
      #expect(second > first && next["taken_over"] as? Bool == true)
      for operation in ["complete", "fail"] {
        let late = try await Self.post(service, operation, ["key": "k", "epoch": first, "body": "late"])
        #expect(late.status == 409 && late.text.contains("fenced"), "\(late.text)")
      }
      #expect(try await Self.post(service, "heartbeat", ["key": "k", "epoch": second]).status == 200)
      #expect(try await Self.post(service, "abandon", ["key": "k", "epoch": second]).status == 200)
      #expect(try await Self.post(service, "acquire", ask).status == 200)
    }
  }

  @Test("another caller's key of the same text is another key, and nobody reads it")
  func scoped() async throws {
    try await Self.open(.sqlite) { service in
      let ask: [String: Any] = ["key": "k", "fingerprint": Self.print]
      let epoch = try #require(try await Self.post(service, "acquire", ask).json()["epoch"] as? Int)
      _ = try await Self.post(service, "complete", ["key": "k", "epoch": epoch, "body": "secret"])
      for operation in ["check", "result"] {
        #expect(try await Self.post(service, operation, ["key": "k"], as: Self.second).status == 404)
      }
      let own = try await Self.post(service, "acquire", ask, as: Self.second)
      #expect(try own.json()["outcome"] as? String == "acquired" && !own.text.contains("secret"))
    }
  }

  @Test("of 30 agents that ask at once, one acquires the key", arguments: StoreKind.allCases)
  func race(on kind: StoreKind) async throws {
    try await Self.open(kind) { service in
      let ask = #"{"key": "one", "fingerprint": "\#(Self.print)"}"#
      let acquired = try await service.posts(30, "/v1/effects/acquire", Array(ask.utf8), as: Self.agent).map(\.status)
      #expect(acquired.count { $0 == 200 } == 1 && acquired.count { $0 == 409 } == 29, "\(acquired)")
    }
  }

  @Test("a lock has one holder, the next one's token is greater, and whoever is told to wait gets it")
  func locks() async throws {
    try await Self.open(.sqlite) { service in
      func lock(_ operation: String, _ members: [String: Any]) async throws -> Serving.Reply {
        let body = try JSONSerialization.data(withJSONObject: members)
        return try await service.post("/v1/locks/\(operation)", body, as: Self.agent)
      }
      let first = try await lock("acquire", ["name": "month-end"])
      let token = try #require(try first.json()["token"] as? Int, "\(first.text)")
      #expect(try await lock("acquire", ["name": "month-end"]).status == 409)
      #expect(try await lock("renew", ["name": "month-end", "token": token]).status == 200)
      async let waiting = lock("acquire", ["name": "month-end", "wait_seconds": 20])
      try await Task.sleep(for: .milliseconds(200))
      #expect(try await lock("release", ["name": "month-end", "token": token]).status == 200)
      let next = try await waiting
      #expect(try #require(try next.json()["token"] as? Int, "\(next.text)") > token)
      #expect(try await lock("renew", ["name": "month-end", "token": token]).status == 409)
      #expect(try await lock("release", ["name": "never", "token": 1]).status == 404)
    }
  }

  @Test("a refusal is kept and replayed, and the store's invariants hold with the keys of others in it")
  func refused() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      let ask: [String: Any] = ["key": "k", "fingerprint": Self.print]
      let epoch = try #require(try await Self.post(service, "acquire", ask).json()["epoch"] as? Int)
      #expect(try await Self.post(service, "fail", ["key": "k", "epoch": epoch, "body": "no"]).status == 200)
      #expect(try await Self.post(service, "acquire", ask).json()["status"] as? String == "FAILED")
      let result = try await Self.post(service, "result", ["key": "k"])
      #expect(result.status == 422 && result.text == "no" && result.headers["x-content-type-options"] == "nosniff")
    }
    try await office.verifiesClean()
  }

  @Test("a response that HTTP gives no body cannot be kept with one", arguments: [204, 205, 304])
  func withoutBody(status: Int) async throws {
    try await Self.open(.sqlite) { service in
      let ask: [String: Any] = ["key": "k", "fingerprint": Self.print]
      let epoch = try #require(try await Self.post(service, "acquire", ask).json()["epoch"] as? Int)
      var report: [String: Any] = ["key": "k", "epoch": epoch, "status": status, "body": "HTTP/1.1 200 OK"]
      #expect(try await Self.post(service, "complete", report).status == 400)
      report["body"] = nil
      #expect(try await Self.post(service, "complete", report).status == 200)
      let result = try await Self.post(service, "result", ["key": "k"])
      #expect(result.status == status && result.bytes.isEmpty)
    }
  }
}
