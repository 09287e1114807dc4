import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("Agents put on record what they are about to do at another system", .postgres)
struct PreparationsOverHTTPTests {
  private static let agent = Serving.token(.agent)
  private static let second = Serving.token(.agent, of: "second")
  private static let print = String(repeating: "a", count: 64)

  private static func acquire(_ service: Serving, _ key: String = "ship:42") async throws -> Serving.Reply {
    try await post(service, "acquire", ["key": key, "fingerprint": print, "lease_seconds": 1])
  }

  private static func post(
    _ service: Serving, _ operation: String, _ members: [String: Any], as token: String = agent
  ) async throws -> Serving.Reply {
    let body = try JSONSerialization.data(withJSONObject: members)
    return try await service.post("/v1/effects/\(operation)", body, as: token)
  }

  private static func prepare(
    _ service: Serving, _ epoch: Int, _ id: String? = nil, replaces: String? = nil
  ) async throws -> Serving.Reply {
    var members: [String: Any] = ["key": "ship:42", "epoch": epoch]
    members["tracking_id"] = id
    members["replaces"] = replaces
    return try await post(service, "prepare", members)
  }

  private static func tracked(_ service: Serving, _ id: String, as token: String = agent) async throws -> Serving.Reply
  {
    try await service.get("/v1/effects/tracking/\(id)", as: token)
  }

  /// Asks for the key until its lease has ended.
  private static func takeOver(_ service: Serving) async throws -> [String: Any] {
    while true {
      let reply = try await acquire(service)
      guard reply.status == 409 else { return try reply.json() }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  @Test(
    "an owner prepares, a second one is told so and asks, and the outcome is found by the tracking id",
    arguments: StoreKind.allCases)
  func twoOwners(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let bank = try await office.bankOption(for: ["process"] + store.option + ["x"])
    _ = try await Serving.open(in: office, store.option + bank) { service in
      let first = try await Self.acquire(service).json()
      #expect(first["outcome"] as? String == "acquired" && first["prepared_epoch"] is NSNull)
      let prepared = try await Self.prepare(service, 1, "shp-7")
      #expect(prepared.status == 200 && !prepared.isReplay, "\(prepared.text)")
      let again = try await Self.prepare(service, 1, "shp-7")
      #expect(again.bytes == prepared.bytes && again.isReplay, "an answer that was lost is sent again")
      let other = try await Self.prepare(service, 1, "shp-8")
      #expect(other.status == 409 && other.text.contains("prepared-otherwise"), "\(other.text)")

      let next = try await Self.takeOver(service)
      let epoch = try #require(next["epoch"] as? Int)
      #expect(next["outcome"] as? String == "in_doubt" && next["tracking_id"] as? String == "shp-7")
      #expect(next["prepared_epoch"] as? Int == 1 && next["taken_over"] as? Bool == true)
      for late in [
        try await Self.prepare(service, 1, "shp-7"),
        try await Self.post(service, "complete", ["key": "ship:42", "epoch": 1, "body": "late"]),
      ] { #expect(late.status == 409 && late.text.contains("fenced"), "\(late.text)") }
      let blind = try await Self.prepare(service, epoch, "shp-8")
      #expect(blind.status == 409 && blind.text.contains("in-doubt"), "\(blind.text)")
      #expect(try await Self.prepare(service, epoch, "shp-8", replaces: "shp-9").status == 422)
      #expect(try await Self.prepare(service, epoch, "shp-8", replaces: "shp-7").status == 200)

      let report: [String: Any] = ["key": "ship:42", "epoch": epoch, "body": "sent"]
      #expect(try await Self.post(service, "complete", report).status == 200)
      for id in ["shp-7", "shp-8"] {
        let found = try await Self.tracked(service, id).json()
        #expect(found["key"] as? String == "ship:42" && found["status"] as? String == "COMPLETED")
        #expect(found["tracking_id"] as? String == "shp-8" && found["prepared_epoch"] as? Int == epoch)
        let body = (found["response"] as? [String: Any])?["body_base64"] as? String
        #expect(body == Data("sent".utf8).base64EncodedString())
      }
      let known = try await Self.post(service, "check", ["key": "ship:42"]).json()
      #expect(known["tracking_id"] as? String == "shp-8" && known["prepared_epoch"] as? Int == epoch)
      #expect(try await Self.tracked(service, "shp-7", as: Self.second).status == 404, "ids are the caller's own")
    }
    try await office.verifiesClean(store.option)
  }

  @Test("what cannot be read is refused, and nothing is prepared")
  func refused() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      _ = try await Self.acquire(service)
      for id in ["", ".", "a/b", "a b", "é", String(repeating: "x", count: 101), "../check"] {
        #expect(try await Self.prepare(service, 1, id).status == 400, "\(id)")
      }
      let misspelled = ["key": "ship:42", "epoch": 1, "trackingid": "a"] as [String: Any]
      #expect(try await Self.post(service, "prepare", misspelled).status == 400)
      #expect(try await Self.post(service, "prepare", ["key": "none", "epoch": 1]).status == 404)
      #expect(try await Self.tracked(service, "trk-none").status == 404)
      #expect(try await Self.tracked(service, "%2E%2E").status == 400)
      #expect(try await Self.tracked(service, "shp-7", as: Serving.token(.examiner)).status == 403)
      #expect(try await Self.post(service, "check", ["key": "ship:42"]).json()["tracking_id"] is NSNull)
      let own = try #require(try await Self.prepare(service, 1).json()["tracking_id"] as? String)
      #expect(try await Self.tracked(service, own).json()["status"] as? String == "PENDING")
      #expect(try await Self.acquire(service, "k").status == 200)
      let taken = try await Self.post(service, "prepare", ["key": "k", "epoch": 1, "tracking_id": own])
      #expect(taken.status == 422, "\(taken.text)")
    }
    try await office.verifiesClean()
  }
}
