import ClaimsAPI
import Foundation
import Testing

@Suite("Holds, notes, assignments and acts on many claims over HTTP")
struct DeskOverHTTPTests {
  private static let examiner = Serving.token(.examiner)

  @Test("do what the command line does, once per key, and name no payee and no note in the log")
  func desk() async throws {
    let office = try Office()
    let run = try await Serving.open(in: office, enrolling: false) { service in
      func post(_ path: String, _ body: String, _ key: String) async throws -> Serving.Reply {
        try await service.post(path, body.utf8, as: Self.examiner, key: key)
      }
      let held = try await post("/v1/holds", #"{"payee": "1234567893", "reason": "suspected fraud"}"#, "h-1")
      #expect(held.status == 200 && held.text.contains(#""is_new":true"#), "\(held.text)")
      let holds = try await service.get("/v1/holds", as: Self.examiner)
      #expect(holds.text.contains(#""payee":"1234567893""#) && holds.text.contains(#""by":"examiner""#))
      _ = try await service.post("/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")

      let waiting = try await service.get("/v1/suspense", as: Self.examiner)
      let claims = try #require(try waiting.json()["claims"] as? [[String: Any]], "\(waiting.text)")
      let id = try #require(claims.first { $0["code"] as? String == "payee-on-hold" }?["claim_intake_id"] as? String)
      let note = try await post("/v1/claims/\(id)/notes", #"{"text": "asked the Examplewitz family"}"#, "n-1")
      #expect(note.status == 200, "\(note.text)")
      let assigned = try await post("/v1/claims/\(id)/assignment", #"{"assignee": "robin"}"#, "a-1")
      #expect(assigned.status == 200, "\(assigned.text)")
      #expect(try await post("/v1/claims/\(id)/assignment", "{}", "a-2").status == 400)
      let robins = try await service.get("/v1/suspense?assigned_to=robin", as: Self.examiner)
      #expect(robins.text.contains("Examplewitz") && robins.text.contains(#""assigned_to":"robin""#), "\(robins.text)")

      let lifted = try await post("/v1/holds/lift", #"{"payee": "1234567893", "reason": "cleared"}"#, "l-1")
      #expect(lifted.status == 200, "\(lifted.text)")
      let none = try await post("/v1/holds/lift", #"{"payee": "1234567893", "reason": "cleared"}"#, "l-2")
      #expect(none.status == 404, "\(none.text)")

      let preview = try await service.post(
        "/v1/bulk/preview", #"{"act": "release", "provider": "1234567893"}"#.utf8, as: Self.examiner)
      let digest = try #require(try preview.json()["digest"] as? String, "\(preview.text)")
      let act = #"{"act": "release", "provider": "1234567893", "reason": "cleared", "confirm": "\#(digest)"}"#
      let done = try await post("/v1/bulk", act, "b-1")
      #expect(done.status == 200 && done.text.contains(#""outcome":"done""#), "\(done.text)")
      let again = try await post("/v1/bulk", act, "b-1")
      #expect(again.isReplay && again.bytes == done.bytes)
      let stale = try await post("/v1/bulk", act.replacing(digest, with: "0000000000000000"), "b-2")
      #expect(stale.status == 422 && stale.text.contains("has changed"), "\(stale.text)")
      let auditor = try await service.post("/v1/bulk", act.utf8, as: Serving.token(.auditor), key: "b-3")
      #expect(auditor.status == 403)
    }
    #expect(run.ended == .exited(0), "\(run.errors)")
    #expect(!run.errors.contains("1234567893") && !run.errors.contains("Examplewitz"), "\(run.errors)")
    try await office.verifiesClean()
  }
}
