import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("The console does what a person asks for once, for whoever may, and shows what is on record", .postgres)
struct ConsoleTests {
  /// Sends the sample claims by the API, and returns our number of each by the provider's.
  private static func sampleClaims(_ service: Serving) async throws -> [String: String] {
    let reply = try await service.post(
      "/v1/claims", SampleClaims.text.utf8, as: Serving.token(.submitter), key: "samples")
    let claims = try #require(try reply.json()["claims"] as? [[String: Any]], "\(reply.text)")
    let pairs = claims.compactMap { claim in
      (claim["claim_number"] as? String).flatMap { number in (claim["claim_intake_id"] as? String).map { (number, $0) }
      }
    }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  @Test("a form that is sent fifty times at once, and again later, pays once", arguments: StoreKind.allCases)
  func onceOnly(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let options = store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
    _ = try await Serving.open(in: office, options) { service in
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.submitter))
      let page = try await visitor.open("/send")
      let text = ManyClaims(count: 3, seed: 91).text
      let replies = try await withThrowingTaskGroup(of: Serving.Reply.self) { group in
        for _ in 1...50 { group.addTask { try await visitor.send(["text": text], to: "/send", from: page) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(replies.allSatisfy { [200, 409].contains($0.status) }, "\(Set(replies.map(\.status)))")
      #expect(replies.count { $0.status == 200 && !$0.text.contains("This form was sent before") } == 1)
      let later = try await visitor.send(["text": text], to: "/send", from: page)
      #expect(later.text.contains("This form was sent before") && later.text.contains("3 paid now"))
      let other = try await visitor.send(["text": text + " "], to: "/send", from: page)
      #expect(
        other.status == 200 && other.text.contains("3 answered from the record"),
        "a changed form is another form")
    }
    try await office.bankPaid(3)
    try await office.verifiesClean("--store", store.name, "--bank-db", "claims.bank.db")
  }

  @Test("nobody gets in without a token; a session that was ended is over, also for whoever has copied it")
  func sessions() async throws {
    let office = try Office()
    let copied = try await Serving.open(in: office) { service in
      let stranger = Visitor(service: service)
      for path in ["/", "/work", "/claims", "/keys", "/queue", "/send"] {
        let reply = try await stranger.open(path)
        #expect(reply.status == 303 && reply.headers["location"] == "/sign-in", "\(path): \(reply.status)")
      }
      let way = try await stranger.open("/sign-in")
      #expect(try await stranger.send(["access": "wrong"], to: "/sign-in", from: way).status == 403)
      let reply = try await stranger.send(["access": Serving.token(.examiner)], to: "/sign-in", from: way)
      let cookie = try #require(reply.headers["set-cookie"])
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "\(cookie)")
      #expect(!cookie.contains(Serving.token(.examiner)))

      let leaving = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let staying = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let page = try await leaving.open("/")
      #expect(page.status == 200)
      #expect(try await leaving.send([:], to: "/sign-out", from: page).status == 303)
      #expect(try await leaving.open("/").status == 303, "the cookie is good no longer")
      #expect(try await staying.open("/").status == 200, "another session of the same person goes on")
      return staying.cookie
    }.value
    // Another process on the same store goes on with the session.
    _ = try await Serving.open(in: office) { service in
      var visitor = Visitor(service: service)
      visitor.keep(copied)
      let page = try await visitor.open("/")
      #expect(page.status == 200)
    }
  }

  @Test("a form of another site, of another session, or of nobody does nothing")
  func forged() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.submitter))
      let other = try await Visitor.signedIn(to: service, with: Serving.token(.submitter))
      let page = try await visitor.open("/send")
      let sample = ["sample": "yes"]
      let wrong = [
        try await visitor.send(sample, to: "/send", from: page, headers: [("Origin", "https://evil.example")]),
        try await visitor.send(sample, to: "/send", from: page, headers: [("Sec-Fetch-Site", "cross-site")]),
        try await visitor.send(sample.merging(["token": ""]) { $1 }, to: "/send", from: page),
        try await visitor.send(sample, to: "/send", from: try await other.open("/send")),
        try await visitor.send(sample.merging(["form": ""]) { $1 }, to: "/send", from: page),
      ]
      for (number, reply) in wrong.enumerated() {
        #expect([400, 422].contains(reply.status), "\(number): \(reply.status)")
      }
    }
    try await office.bankPaid(0)
  }

  @Test("each role sees its own pages and no others, and is not offered what it may not do", arguments: Role.allCases)
  func roles(role: Role) async throws {
    let office = try Office()
    let run = try await Serving.open(in: office, enrolling: false) { service in
      let waiting = try #require(try await Self.sampleClaims(service)["DEMO-013"])
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(role))
      let first = try await visitor.open("/")
      let pages: [(String, Set<Role>)] = [
        ("/send", [.submitter]), ("/work", [.examiner, .auditor]), ("/claims", [.examiner, .auditor]),
        ("/members", [.examiner, .auditor]), ("/remittances", [.examiner, .auditor]), ("/keys", [.examiner, .auditor]),
        ("/queue", [.operator]), ("/bulk", [.examiner]), ("/holds", [.examiner, .auditor]),
        ("/batches", [.submitter, .examiner, .operator, .auditor]),
      ]
      for (path, allowed) in pages {
        let reply = try await visitor.open(path)
        #expect(reply.status == (allowed.contains(role) ? 200 : 403), "\(path): \(reply.status)")
        #expect(first.text.contains("href=\"\(path)\"") == allowed.contains(role), "\(path) in the menu")
      }
      let seesFigures = [.examiner, .operator, .auditor].contains(role)
      #expect(first.text.contains("paid in") == seesFigures, "the payer's figures are not for everybody")
      let claim = try await visitor.open("/claims/\(waiting)")
      #expect(claim.text.contains("What you can do") == (role == .examiner))
      let act = try await visitor.send(["reason": "x"], to: "/claims/\(waiting)/release", from: first)
      #expect(act.status == (role == .examiner ? 303 : 403))
    }
    #expect(run.errors.contains("refused: the caller may not"), "\(run.errors)")
  }

  @Test("an examiner sees what a waiting claim needs, tries it out, and decides it; who and why is on record")
  func decide() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      let id = try #require(try await Self.sampleClaims(service)["DEMO-013"])
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      #expect(try await visitor.open("/work").text.contains("/claims/\(id)"))
      let page = try await visitor.open("/claims/\(id)")
      let silent = try await visitor.send(["reason": " "], to: "/claims/\(id)/release", from: page)
      #expect(silent.status == 400 && silent.text.contains("the reason is on record"), "\(silent.status)")
      let tried = try await visitor.send(["reason": "typed"], to: "/claims/\(id)/try/release", from: page)
      #expect(tried.text.contains("Nothing is changed. It would be allowed") && tried.text.contains("value=\"typed\""))
      #expect(try await visitor.open("/claims/\(id)").text.contains("status suspended"), "trying changes nothing")

      // Who goes back from a refusal sends the page's form again, with what was missing.
      let done = try await visitor.send(["reason": "called <them>"], to: "/claims/\(id)/release", from: page)
      let next = try #require(done.headers["location"], "\(done.text)")
      let again = try await visitor.send(["reason": "called <them>"], to: "/claims/\(id)/release", from: page)
      #expect(again.headers["location"] == next, "the same form leads to the same page")
      let decided = try await visitor.open(next)
      #expect(decided.text.contains("status paid") && decided.text.contains("<b>examiner</b>"))
      #expect(decided.text.contains("called &lt;them&gt;"), "what people type is shown as text")
      #expect(try await visitor.open("/work").text.contains("No claim waits for a person"))
    }
    try await office.verifiesClean()
  }

  @Test("a refusal shows no more than the page itself would, and has its headers and a way out")
  func refusals() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      _ = try await Self.sampleClaims(service)
      let reader = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let list = try await reader.open("/keys")
      let key = try #require(list.text.firstMatch(of: /value="(idemp:elig:[^"]*)"/)).output.1
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.operator))
      let queue = try await visitor.open("/queue")
      let refused = try await visitor.send(["key": String(key)], to: "/keys/release", from: queue)
      #expect(refused.status == 400 && refused.text.contains("say why"), "\(refused.status)")
      #expect(!refused.text.contains("birth_date") && !refused.text.contains("Fingerprint"), "\(refused.text)")

      let nowhere = try await service.get("/nowhere", as: nil, headers: [("Accept", "text/html")])
      #expect(nowhere.status == 404 && nowhere.text.contains("there is no such page"), "\(nowhere.status)")
      for path in ["/work", "/claims/nope", "/sign-in", "/nowhere"] {
        let page = try await path == "/nowhere" ? nowhere : visitor.open(path)
        #expect(page.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true, "\(path)")
        #expect(page.headers["cache-control"] == "no-store" && page.headers["x-content-type-options"] == "nosniff")
      }
      let hidden = try await visitor.send(["access": "x"], to: "/sign-in", from: queue, headers: [("Origin", "null")])
      #expect(hidden.status == 422, "a form that hides where it comes from is not ours")
      let problem = try await visitor.open("/claims/nope")
      #expect(try await visitor.send([:], to: "/sign-out", from: problem).status == 303)
      #expect(try await visitor.open("/").status == 303, "signing out on the page of a refusal signs out")
    }
  }

  @Test("what other callers keep under keys is not shown, however it is asked for")
  func othersKeys() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      _ = try await Self.sampleClaims(service)
      let acquire = #"{"key": "ship:42", "fingerprint": "\#(String(repeating: "0", count: 64))"}"#
      _ = try await service.post("/v1/effects/acquire", acquire.utf8, as: Serving.token(.agent))
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let list = try await visitor.open("/keys")
      #expect(list.text.contains("idemp:pay:") && !list.text.contains("ship") && !list.text.contains("idemp:http:"))
      for key in ["idemp:ext:agent:ship%3A42", "idemp:http:submitter:samples", "idemp:none:1"] {
        let reply = try await visitor.send(["key": key], to: "/keys", from: list)
        #expect(reply.status == 404, "\(key): \(reply.status)")
      }
    }
  }

  @Test("pages run nothing but the console's own script, and name no member in an address or in the log")
  func quiet() async throws {
    let office = try Office()
    let run = try await Serving.open(in: office, enrolling: false) { service in
      let ids = try await Self.sampleClaims(service)
      let visitor = try await Visitor.signedIn(to: service, with: Serving.token(.examiner))
      let id = try #require(ids["DEMO-006"])
      let keys = (1...5).map { "/claims/\(id)/keys/\($0)" }
      for path in ["/", "/work", "/claims", "/claims/\(id)", "/claims/\(id)/letter", "/keys", "/members"] + keys {
        let page = try await visitor.open(path)
        #expect(page.status == 200, "\(path): \(page.status)")
        let policy = try #require(page.headers["content-security-policy"], "\(path)")
        #expect(policy.contains("default-src 'none'") && !policy.contains("script-src 'unsafe"))
        #expect(page.headers["cache-control"] == "no-store")
        for link in page.text.matches(of: /(href|action|src)="([^"]*)"/) {
          #expect(!link.output.2.contains("PO5001") && !link.output.2.contains("DEMO"), "\(path): \(link.output.2)")
        }
      }
      let search = try await visitor.open("/members")
      let member = try await visitor.send(["member": "PO5001"], to: "/members", from: search)
      #expect(member.text.contains("out-of-pocket maximum") && member.text.contains("/claims/\(id)"))
    }
    #expect(!run.errors.contains("PO5001") && !run.errors.contains("DEMO"), "\(run.errors)")
  }
}
