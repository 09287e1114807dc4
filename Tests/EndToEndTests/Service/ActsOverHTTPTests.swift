import BankSimulator
import ClaimsAPI
import Foundation
import Subprocess
import TestSupport
import Testing

@Suite(
  "Examiners, operators and auditors do over HTTP what the command line does, and no more than their roles", .postgres)
struct ActsOverHTTPTests {
  private static let examiner = Serving.token(.examiner)

  /// Sends the sample claims, and returns our number of each by the provider's.
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

  @Test("a claim that waits is found, released once however often it is asked, and paid; who and why is on record")
  func release() async throws {
    let office = try Office()
    let run = try await Serving.open(in: office, enrolling: false) { service in
      let id = try #require(try await Self.sampleClaims(service)["DEMO-013"])
      let waiting = try await service.get("/v1/suspense", as: Self.examiner)
      let list = try #require(try waiting.json()["claims"] as? [[String: Any]], "\(waiting.text)")
      #expect(list.contains { $0["claim_intake_id"] as? String == id })

      let act = Array(#"{"reason": "a claim of its own"}"#.utf8)
      let path = "/v1/claims/\(id)/release"
      let done = try await service.post(path, act, as: Self.examiner, key: "r-1")
      #expect(done.status == 200, "\(done.text)")
      #expect(try (done.json()["claim"] as? [String: Any])?["status"] as? String == "paid", "\(done.text)")
      let again = try await service.post(path, act, as: Self.examiner, key: "r-1")
      #expect(again.isReplay && again.bytes == done.bytes)
      let released = try #require((try done.json()["claim"] as? [String: Any])?["claim_intake_id"] as? String)
      let same = try await service.post(path, act, as: Self.examiner, key: "r-2")
      #expect(same.status == 200 && same.text.contains(released), "the same act is done already: \(same.text)")
      let other = try await service.post(path, #"{"reason": "another"}"#.utf8, as: Self.examiner, key: "r-3")
      #expect(other.status == 422, "a claim that no longer waits cannot be released: \(other.text)")

      let record = try await service.get("/v1/claims/\(released)", as: Serving.token(.auditor)).json()
      let acts = try #require(record["acts"] as? [[String: Any]])
      let mine = acts.filter { $0["by"] as? String == "examiner" && $0["reason"] as? String == "a claim of its own" }
      #expect(mine.count == 1)
    }
    #expect(run.ended == .exited(0), "\(run.errors)")
    try await office.verifiesClean()
  }

  @Test("an act whose service is killed between decision and payment is finished by the same request, and pays once")
  func killed() async throws {
    let office = try Office()
    let store = try await StoreKind.postgres.store(in: office)
    let options = store.option + ["--jobs", "0", "--lease-milliseconds", "1000"]
    let act = Array(#"{"reason": "a claim of its own"}"#.utf8)
    let id = try await Gateway.open(in: office) { gateway in
      try await Serving.open(in: office, options + ["--gateway", gateway.url], enrolling: false) { service in
        try #require(try await Self.sampleClaims(service)["DEMO-013"])
      }.value
    }.value
    let paid = try await office.bank().transfers().count
    _ = try await Gateway.open(in: office, faults: "delay=3s:commit:count=1") { gateway in
      let options = options + ["--gateway", gateway.url]
      let first = try await Serving.open(in: office, options, enrolling: false) { service in
        async let lost: Void = {
          _ = try? await service.post("/v1/claims/\(id)/release", act, as: Self.examiner, key: "r-1")
        }()
        let status = "SELECT status FROM claims WHERE claim_intake_id = '\(id)'"
        while try await store.sql(status) != ["replaced"] { try await Task.sleep(for: .milliseconds(20)) }
        kill(service.processIdentifier.value, SIGKILL)
        await lost
      }
      #expect(first.ended == .killed(signal: 9))
      _ = try await Serving.open(in: office, options, enrolling: false) { service in
        let reply = try await service.post(
          "/v1/claims/\(id)/release", act, as: Self.examiner, key: "r-1", headers: [("Prefer", "wait=60")])
        #expect(reply.status == 200 && reply.text.contains(#""status":"paid""#), "\(reply.status) \(reply.text)")
      }
    }
    #expect(try await office.bank().transfers().count == paid + 1)
    try await office.verifiesClean("--store", store.name)
  }

  @Test(
    "an act without a reason, with an unknown member, or on no claim is refused with what to do, and changes nothing")
  func refused() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      let id = try #require(try await Self.sampleClaims(service)["DEMO-013"])
      let bodies = [
        ("{}", 400, "reason is missing"), (#"{"reason": " "}"#, 400, "reason"), ("[]", 400, "object"),
        (#"{"reason": "x", "price": []}"#, 400, "no member"), (#"{"reason": "x", "reason": "y"}"#, 400, "twice"),
        (#"{"reason": "x", "prices": [{"line": 1, "amount": "1.005"}]}"#, 400, "amount"),
        ("garbage", 400, "not valid JSON at line 1, column 1"),
      ]
      for (number, (body, status, words)) in bodies.enumerated() {
        let reply = try await service.post(
          "/v1/claims/\(id)/release", body.utf8, as: Self.examiner, key: "bad-\(number)")
        #expect(reply.status == status && reply.text.contains(words), "\(body): \(reply.text)")
      }
      let none = try await service.post(
        "/v1/claims/CLM-00000000000000000000/release", #"{"reason": "x"}"#.utf8, as: Self.examiner, key: "none")
      #expect(none.status == 404, "\(none.text)")
      #expect(try await service.get("/v1/claims/DEMO-013", as: Self.examiner).status == 404)
      let claim = try await service.get("/v1/claims/\(id)", as: Self.examiner)
      #expect(try claim.json()["status"] as? String == "suspended")
    }
    try await office.verifiesClean()
  }

  @Test("claims are found by what is known of them, a page at a time, and counted")
  func search() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, enrolling: false) { service in
      let ids = try await Self.sampleClaims(service)
      func find(_ body: String, _ path: String = "search") async throws -> [String: Any] {
        let reply = try await service.post("/v1/claims/\(path)", body.utf8, as: Self.examiner)
        #expect(reply.status == 200, "\(reply.text)")
        return try reply.json()
      }
      var (seen, cursor) = ([String](), "")
      repeat {
        let after = cursor.isEmpty ? "" : #", "after": "\#(cursor)""#
        let page = try await find(#"{"limit": 4\#(after)}"#)
        seen += (page["claims"] as? [[String: Any]])?.compactMap { $0["claim_number"] as? String } ?? []
        cursor = page["next"] as? String ?? ""
      } while !cursor.isEmpty
      #expect(Set(seen) == Set(ids.keys) && seen.count == ids.count)
      let waiting = try await find(#"{"status": "suspended"}"#)
      #expect((waiting["claims"] as? [[String: Any]])?.compactMap { $0["claim_number"] as? String } == ["DEMO-013"])
      #expect(try await find(#"{"status": "suspended"}"#, "count")["claims"] as? Int == 1)
      for bad in [#"{"status": "lost"}"#, #"{"received_from": "2026-02-30"}"#, #"{"limit": 0}"#, #"{"after": "x"}"#] {
        let reply = try await service.post("/v1/claims/search", bad.utf8, as: Self.examiner)
        #expect(reply.status == 400, "\(bad): \(reply.text)")
      }
    }
  }

  @Test("each role may do its own and nothing else", arguments: Role.allCases)
  func roles(role: Role) async throws {
    let office = try Office()
    let run = try await Serving.open(in: office) { service in
      let token = Serving.token(role)
      let claim = "/v1/claims/CLM-00000000000000000000"
      let acquire = #"{"key": "k", "fingerprint": "\#(String(repeating: "0", count: 64))"}"#
      let replies: [(Set<Role>, Serving.Reply)] = [
        ([.submitter], try await service.post("/v1/claims", [], as: token, key: "k")),
        ([.examiner, .auditor], try await service.get(claim, as: token)),
        ([.examiner], try await service.post("\(claim)/release", [], as: token, key: "k")),
        ([.operator], try await service.get("/v1/queue", as: token)),
        ([.operator, .auditor], try await service.get("/metrics", as: token)),
        ([.agent], try await service.post("/v1/effects/acquire", acquire.utf8, as: token)),
      ]
      for (number, (allowed, reply)) in replies.enumerated() {
        #expect((reply.status == 403) != allowed.contains(role), "\(number): \(reply.status) \(reply.text)")
      }
    }
    #expect(run.errors.contains("refused: the caller may not"), "\(run.errors)")
  }

  @Test("a letter is a page that runs nothing, and metrics and the log name no member")
  func watched() async throws {
    let office = try Office()
    let run = try await Serving.open(in: office, enrolling: false) { service in
      let ids = try await Self.sampleClaims(service)
      let id = try #require(ids["DEMO-001"])
      let letter = try await service.get("/v1/claims/\(id)/letter", as: Self.examiner)
      #expect(letter.status == 200 && letter.text.contains("<html"), "\(letter.text.prefix(200))")
      #expect(letter.headers["content-security-policy"]?.contains("default-src 'none'") == true)
      let waiting = try #require(ids["DEMO-013"])
      #expect(try await service.get("/v1/claims/\(waiting)/letter", as: Self.examiner).status == 422)
      let events = try await service.get("/v1/claims/\(id)/events", as: Self.examiner)
      let types = (try events.json()["events"] as? [[String: Any]])?.compactMap { $0["type"] as? String } ?? []
      #expect(types.contains("claim-received") && types.contains("claim-paid"), "\(events.text)")
      let metrics = try await service.get("/metrics", as: Serving.token(.operator))
      #expect(metrics.text.contains(#"paidonce_http_requests_total{route="/v1/claims",method="POST",status="200"} 1"#))
      #expect(!metrics.text.contains("CLM-") && !metrics.text.contains("DEMO"))
      #expect(try await service.get("/health", as: nil).status == 200)
      #expect(try await service.get("/ready", as: nil).status == 200)
    }
    #expect(!run.errors.contains("DEMO") && !run.errors.contains("CLM-"), "\(run.errors)")
  }

  @Test("with a certificate it speaks TLS and nothing else; with files that are none it does not start")
  func encrypted() async throws {
    let office = try Office()
    let made = try await office.shell(
      "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout key.pem -out cert.pem 2>/dev/null")
    try #require(made.way == .exited(0), "openssl is part of the test set-up: \(made.errors)")
    _ = try await Serving.open(in: office, ["--tls-cert", "cert.pem", "--tls-key", "key.pem"]) { service in
      #expect(service.url.hasPrefix("https://"))
      let health = try await office.shell("curl --silent --insecure \(service.url)/health")
      #expect(health.text == #"{"status":"ok"}"#, "\(health.errors)")
      let plain = service.url.replacing("https://", with: "http://")
      #expect(try await office.shell("curl --silent --max-time 5 \(plain)/health").way != .exited(0))
    }
    let other = try Office()
    for (cert, key) in [("key.pem", "cert.pem"), ("cert.pem", "none.pem")] {
      let files = ["--tls-cert", office.path(cert), "--tls-key", office.path(key)]
      let wrong = try await other.claims(["serve", "--port", "0"] + files)
      #expect(wrong.way == .exited(65) && wrong.errors.contains("cannot be used"), "\(wrong.errors)")
    }
    #expect(try other.files.isEmpty, "a service that cannot start leaves nothing behind")
  }
}
