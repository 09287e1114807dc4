import BankSimulator
import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("An act that moves more than one examiner may is done once another has approved it", .postgres)
struct FourEyesTests {
  private static let (first, second) = (Serving.token(.examiner), Serving.token(.examiner, of: "second"))
  private static let why = #"{"reason": "a claim of its own"}"#
  private static let seen = #"{"reason": "seen", "proposal": 1}"#

  private static func waiting(in service: Serving) async throws -> String {
    let reply = try await service.post(
      "/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
    let claims = try #require(try reply.json()["claims"] as? [[String: Any]], "\(reply.text)")
    let claim = claims.first { $0["claim_number"] as? String == "DEMO-013" }
    return try #require(claim?["claim_intake_id"] as? String)
  }

  @Test("it is proposed by one, approved by another, and paid once; both are on record", arguments: StoreKind.allCases)
  func approved(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    _ = try await Serving.open(in: office, options + ["--four-eyes-above", "20"], enrolling: false) { service in
      let id = try await Self.waiting(in: service)
      let before = try await office.bank().transfers().count
      func post(_ act: String, _ body: String, _ token: String, _ key: String) async throws -> Serving.Reply {
        try await service.post("/v1/claims/\(id)/\(act)", body.utf8, as: token, key: key)
      }
      #expect(try await post("approve", Self.seen, Self.second, "early").status == 404, "there is nothing to approve")
      let proposed = try await post("release", Self.why, Self.first, "r-1")
      let proposal = try #require(try proposed.json()["proposal"] as? [String: Any], "\(proposed.text)")
      #expect(proposed.status == 202 && proposal["by"] as? String == "examiner", "\(proposed.text)")
      #expect(try await post("release", Self.why, Self.first, "r-2").status == 202, "the same proposal")
      let other = try await post("release", Self.why, Self.second, "r-3")
      #expect(other.status == 422 && other.text.contains("approve or decline"), "\(other.text)")
      let own = try await post("approve", Self.seen, Self.first, "a-1")
      #expect(own.status == 422 && own.text.contains("another person"), "\(own.text)")
      #expect(try await office.bank().transfers().count == before)
      let open = try await service.get("/v1/proposals", as: Self.second)
      #expect(open.text.contains(id) && open.text.components(separatedBy: "claim_intake_id").count == 2, "\(open.text)")

      let forged =
        "UPDATE proposed_acts SET closed_as = 'approved', closed_by = person, closed_for = 'x', closed_at = 1"
      await #expect(throws: (any Error).self, "the database refuses an approval of one's own") {
        _ = try await store.sql(forged)
      }
      let auditor = try await post("approve", Self.seen, Serving.token(.auditor), "a-2")
      #expect(auditor.status == 403)
      for key in ["a-3", "a-3", "a-4"] {
        let done = try await post("approve", Self.seen, Self.second, key)
        #expect(done.status == 200 && done.text.contains(#""status":"paid""#), "\(done.status) \(done.text)")
      }
      #expect(try await office.bank().transfers().count == before + 1)
      #expect(try await service.get("/v1/proposals", as: Self.second).text == #"{"proposals":[],"next":null}"#)
      #expect(
        try await store.sql("SELECT act FROM operator_acts ORDER BY id") == ["propose: release", "approve: release"])
    }
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("it is declined by anybody who decides, and the claim is as it was; a denial needs one examiner")
  func declined() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--four-eyes-above", "20"], enrolling: false) { service in
      let id = try await Self.waiting(in: service)
      let path = "/v1/claims/\(id)"
      #expect(try await service.post("\(path)/release", Self.why.utf8, as: Self.first, key: "r-1").status == 202)
      let declined = try await service.post("\(path)/decline", Self.seen.utf8, as: Self.first, key: "d-1")
      #expect(declined.status == 200, "\(declined.text)")
      #expect(try await service.post("\(path)/approve", Self.seen.utf8, as: Self.second, key: "a-1").status == 404)
      #expect(try await service.get("/v1/suspense", as: Self.first).text.contains(id))
      let denial = #"{"reason": "not covered", "code": "CO-96", "remark": "N130"}"#
      let denied = try await service.post("\(path)/deny", denial.utf8, as: Self.first, key: "d-2")
      #expect(denied.status == 200, "\(denied.text)")
    }
    try await office.verifiesClean()
  }

  @Test("what comes back from the claim that it replaces counts, also while its payee is on hold")
  func takenBack() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--four-eyes-above", "20"], enrolling: false) { service in
      let id = try await Self.waiting(in: service)
      let search = try await service.post(
        "/v1/claims/search", #"{"status": "paid", "member_id": "PO3001"}"#.utf8, as: Self.first)
      let paid = try #require((try search.json()["claims"] as? [[String: Any]])?.first, "\(search.text)")
      let prior = try #require(paid["claim_intake_id"] as? String)
      let release = #"{"reason": "it replaces that one", "replaces": "\#(prior)"}"#
      let payee = #"{"payee": "1234567893", "reason": "looked into"}"#
      for (number, isHeld) in [(1, false), (2, true)] {
        if isHeld { _ = try await service.post("/v1/holds", payee.utf8, as: Self.first, key: "h-1") }
        let replacing = try await service.post(
          "/v1/claims/\(id)/release", release.utf8, as: Self.first, key: "r-\(number)")
        #expect(replacing.status == 202, "on hold: \(isHeld): \(replacing.status) \(replacing.text)")
        #expect(try replacing.json()["proposal"] is [String: Any], "\(replacing.text)")
        let declined = try await service.post(
          "/v1/claims/\(id)/decline", #"{"reason": "no", "proposal": \#(number)}"#.utf8, as: Self.second,
          key: "d-\(number)")
        #expect(declined.status == 200, "\(declined.text)")
      }
      #expect(try await service.get("/v1/claims/\(prior)", as: Self.first).text.contains(#""status":"paid""#))
    }
    try await office.verifiesClean()
  }

  @Test("a payment that waited for its payee is approved as any act, and its key is no way around it")
  func held() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--four-eyes-above", "0"], enrolling: false) { service in
      let payee = #"{"payee": "1234567893", "reason": "looked into"}"#
      _ = try await service.post("/v1/holds", payee.utf8, as: Self.first, key: "h-1")
      _ = try await Self.waiting(in: service)
      let list = try await service.get("/v1/suspense", as: Self.first).json()["claims"] as? [[String: Any]]
      let held = try #require(list?.first { $0["code"] as? String == "payee-on-hold" })
      let id = try #require(held["claim_intake_id"] as? String)
      _ = try await service.post("/v1/holds/lift", payee.utf8, as: Self.first, key: "h-2")
      let record = try await service.get("/v1/claims/\(id)", as: Self.first).text
      let key = try #require(record.firstMatch(of: /"(idemp:pay:[^"]*)"/)).output.1
      let around = try await service.post(
        "/v1/keys/release", #"{"key": "\#(key)", "reason": "cleared"}"#.utf8, as: Serving.token(.operator), key: "k-1")
      #expect(around.status == 422 && around.text.contains("examiners release"), "\(around.status) \(around.text)")
      let path = "/v1/claims/\(id)"
      let proposed = try await service.post("\(path)/release", Self.why.utf8, as: Self.first, key: "r-1")
      #expect(proposed.status == 202, "\(proposed.text)")
      #expect(try await office.bank().transfers().isEmpty)
      let done = try await service.post("\(path)/approve", Self.seen.utf8, as: Self.second, key: "a-1")
      #expect(done.status == 200 && done.text.contains(#""status":"paid""#), "\(done.text)")
      #expect(try await office.bank().transfers().count == 1)
    }
    try await office.verifiesClean()
  }

  @Test("what another examiner was shown is approved, and nothing that was proposed in its place since")
  func swapped() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--four-eyes-above", "20"], enrolling: false) { service in
      let id = try await Self.waiting(in: service)
      func post(_ act: String, _ body: String, _ token: String, _ key: String) async throws -> Serving.Reply {
        try await service.post("/v1/claims/\(id)/\(act)", body.utf8, as: token, key: key)
      }
      #expect(try await post("release", Self.why, Self.first, "r-1").status == 202)
      #expect(try await post("decline", Self.seen, Self.first, "d-1").status == 200)
      let again = try await post("release", Self.why, Self.first, "r-2")
      #expect(again.text.contains(#""number":2"#), "\(again.text)")
      for act in ["approve", "decline"] {
        let old = try await post(act, Self.seen, Self.second, "\(act)-1")
        #expect(old.status == 422 && old.text.contains("proposal 2 is"), "\(old.text)")
      }
      // The command line needs no approval. The proposal cannot be approved after that.
      let alone = try await office.claims(["suspense", "release", "DEMO-013", "--reason", "by phone"])
      #expect(alone.way == .exited(0), "\(alone.errors)")
      let late = try await post("approve", Self.seen.replacing("1", with: "2"), Self.second, "a-2")
      #expect(late.status == 404, "\(late.text)")
    }
    try await office.verifiesClean()
  }

  @Test("in the console another examiner is asked, and whoever proposed it cannot approve it")
  func console() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--four-eyes-above", "20"], enrolling: false) { service in
      let id = try await Self.waiting(in: service)
      let one = try await Visitor.signedIn(to: service, with: Self.first)
      let page = try await one.open("/claims/\(id)")
      let done = try await one.send(["reason": "typed"], to: "/claims/\(id)/release", from: page)
      #expect(done.headers["location"] == "/claims/\(id)?done=proposed", "\(done.text)")
      let mine = try await one.open("/claims/\(id)")
      #expect(mine.text.contains("It waits for another examiner") && !mine.text.contains("Approve and do it"))
      let own = try await one.send(["reason": "typed", "proposal": "1"], to: "/claims/\(id)/approve", from: mine)
      #expect(own.status == 422)
      let other = try await Visitor.signedIn(to: service, with: Self.second)
      #expect(try await other.open("/work").text.contains("proposed by <b>examiner</b>"))
      let seen = try await other.open("/claims/\(id)")
      let decline = try #require(seen.text.firstRange(of: "Decline</button>"), "\(seen.text)")
      let approve = try #require(seen.text.firstRange(of: "Approve and do it</button>"), "\(seen.text)")
      #expect(decline.lowerBound < approve.lowerBound, "Enter in the reason's field is the first button")
      let approved = try await other.send(["reason": "seen", "proposal": "1"], to: "/claims/\(id)/approve", from: seen)
      let next = try #require(approved.headers["location"], "\(approved.text)")
      let paid = try await other.open(next)
      #expect(paid.text.contains("status paid") && paid.text.contains("approve: release"), "\(paid.text)")
    }
    try await office.verifiesClean()
  }
}
