import ClaimsAPI
import Foundation
import Testing

@Suite("A purge over HTTP and on the command line")
struct PurgeOverHTTPTests {
  private static let month = #"{"older_than_days": 30, "reason": "retention schedule"}"#

  @Test("is an operator's act, with a key and a reason; what is young stays")
  func overHTTP() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      let later = [("Prefer", "respond-async")]
      _ = try await service.post(
        "/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "s", headers: later)
      let done = try await service.post("/v1/purge", Self.month.utf8, as: Serving.token(.operator), key: "p-1")
      #expect(
        done.text
          == #"{"purged":[{"kind":"batches","deleted":0,"left":0},{"kind":"deliveries","deleted":0,"left":0},"#
          + #"{"kind":"pictures","deleted":0,"left":0}]}"#)
      let again = try await service.post("/v1/purge", Self.month.utf8, as: Serving.token(.operator), key: "p-1")
      #expect(again.isReplay && again.bytes == done.bytes)
      for role in [Role.submitter, .examiner, .auditor] {
        let refused = try await service.post("/v1/purge", Self.month.utf8, as: Serving.token(role), key: "p-2")
        #expect(refused.status == 403, "\(role)")
      }
      for body in [
        Self.month.replacing("30", with: "29"), #"{"older_than_days": 30}"#, Self.month.replacing("30", with: "3e9"),
      ] {
        let refused = try await service.post("/v1/purge", body.utf8, as: Serving.token(.operator), key: body)
        #expect(refused.status == 400, "\(refused.status) \(refused.text)")
      }
      for query in ["", "?older_than_days=0", "?older_than_days=a"] {
        let refused = try await service.get("/v1/purge\(query)", as: Serving.token(.operator))
        #expect(refused.status == 400, "\(refused.text)")
      }
      let counted = try await service.get("/v1/purge?older_than_days=30", as: Serving.token(.operator))
      #expect(counted.bytes == done.bytes)
      let batches = try await service.get("/v1/batches", as: Serving.token(.submitter))
      #expect(batches.text.contains("BAT-"))
    }
    try await office.verifiesClean()
  }

  @Test("deletes nothing without --yes, and nothing without a reason")
  func onTheCommandLine() async throws {
    let office = try Office()
    _ = try await office.claims(["migrate"])
    let shown = try await office.claims(["purge", "--older-than", "30"])
    #expect(shown.way == .exited(0) && shown.text.contains("batches      0 would be deleted"), "\(shown.text)")
    for (arguments, status) in [
      (["--older-than", "29"], 64), (["--older-than", "30", "--yes"], 64),
      (["--older-than", "30", "--reason", "x"], 64),
      (["--older-than", "30", "--yes", "--reason", " "], 64), ([], 64),
    ] {
      let refused = try await office.claims(["purge"] + arguments)
      #expect(refused.way == .exited(status), "\(arguments): \(refused.text)\(refused.errors)")
    }
    let done = try await office.claims([
      "purge", "--older-than", "30", "--yes", "--reason", "schedule", "--output", "json",
    ])
    #expect(done.text.hasPrefix(#"{"kind":"batches","deleted":0,"left":0}"#), "\(done.text)\(done.errors)")
    let nowhere = try await office.claims(["purge", "--older-than", "30", "--store", "sqlite:none.db"])
    #expect(nowhere.way != .exited(0))
  }
}
