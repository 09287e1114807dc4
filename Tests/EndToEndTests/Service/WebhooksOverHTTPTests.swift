import ClaimsAPI
import Foundation
import Subprocess
import Synchronization
import TestSupport
import Testing

@Suite("A service tells receivers of events, whatever happens to it", .postgres)
struct WebhooksOverHTTPTests {
  private static let submitter = Serving.token(.submitter)
  private static let `operator` = Serving.token(.operator)
  private static let hasty = ["--webhook-timeout-milliseconds", "1500", "--webhook-retry-milliseconds", "50"]

  private static func options(_ store: StoreInUse, _ office: Office) async throws -> [String] {
    store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
  }

  private static func add(_ url: String, in office: Office, _ store: StoreInUse) async throws {
    _ = try await office.claims(["migrate"] + store.option)
    let added = try await office.claims(["webhooks", "add", url, "--reason", "for the test"] + store.option)
    #expect(added.way == .exited(0) && added.text.contains("\nwhsec_"), "\(added.errors)")
  }

  private static func post(
    _ path: String, _ json: String, to service: Serving, key: String
  ) async throws -> Serving.Reply {
    try await service.post(path, json.utf8, as: Self.operator, key: key)
  }

  @Test(
    "a service that is killed while it sends loses no event; another one sends the rest, each under its ID",
    arguments: StoreKind.allCases)
  func killed(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    // From the sixth message on, the receiver keeps its answer until the service is dead.
    let isDead = Atomic(false)
    let receiver = try await TestReceiver { _, before in
      while before >= 5, !isDead.load(ordering: .relaxed) { try? await Task.sleep(for: .milliseconds(20)) }
      return 200
    }
    try await Self.add(receiver.url, in: office, store)
    let claims = Array(ManyClaims(count: 40, seed: 81).text.utf8)
    let options = try await Self.options(store, office) + ["--jobs", "0"]
    let first = try await Serving.open(in: office, options) { service in
      #expect(try await service.post("/v1/claims", claims, as: Self.submitter, key: "a").status == 200)
      _ = try await receiver.messages(atLeast: 6)
      kill(service.processIdentifier.value, SIGKILL)
    }
    #expect(first.ended == .killed(signal: 9))
    isDead.store(true, ordering: .relaxed)
    let before = Set(receiver.messages)
    let open = "SELECT count(*) || '' FROM webhook_deliveries WHERE status <> 'delivered'"
    #expect(try await store.sql(open) != ["0"])
    // Two services share the rest. They give the receiver the usual time to answer, so that neither sends anything twice.
    _ = try await Serving.open(in: office, options) { _ in
      try await Serving.open(in: office, options) { _ in
        // The leases of the dead service last half a minute.
        while try await store.sql(open) != ["0"] { try await Task.sleep(for: .milliseconds(100)) }
      }.ended
    }
    let messages = receiver.messages
    #expect(Set(messages.map(\.id)).count == 40)
    // What came twice was under way when the service was killed, and is the same but for the time and its signature.
    let twice = Dictionary(grouping: messages, by: \.id).filter { $0.value.count > 1 }
    #expect(twice.values.allSatisfy { $0.count == 2 && Set($0.map(\.body)).count == 1 })
    #expect(twice.keys.allSatisfy { id in before.contains { $0.id == id } } && twice.count <= 8)
    try await office.bankPaid(40)
    try await office.verifiesClean("--store", store.name)
  }

  @Test("receivers are looked after over HTTP; a secret is shown once and kept in no answer")
  func managed() async throws {
    let office = try Office()
    let store = try await StoreKind.sqlite.store(in: office)
    let receiver = try await TestReceiver { _, before in before == 0 ? 410 : 200 }
    _ = try await Serving.open(in: office, store.option + Self.hasty) { service in
      let body = #"{"url":"\#(receiver.url)","types":["claim.paid"],"reason":"for the test"}"#
      let added = try await Self.post("/v1/webhooks", body, to: service, key: "add")
      #expect(added.status == 200 && added.text.contains(#""secret":"whsec_"#), "\(added.text)")
      let id = try #require(try added.json()["id"] as? String)
      let again = try await Self.post("/v1/webhooks", body, to: service, key: "add")
      #expect(again.isReplay && again.text.contains(#""secret":null"#) && again.text.contains(id))
      let list = try await service.get("/v1/webhooks", as: Self.operator)
      #expect(list.text.contains(receiver.url) && !list.text.contains("whsec_"))

      let claims = Array(ManyClaims(count: 1, seed: 82).text.utf8)
      _ = try await service.post("/v1/claims", claims, as: Self.submitter, key: "a")
      func delivery(in state: String) async throws -> [String: Any] {
        while true {
          let found = try await service.get("/v1/webhooks/deliveries?state=\(state)", as: Self.operator).json()
          if let first = (found["deliveries"] as? [[String: Any]])?.first { return first }
          try await Task.sleep(for: .milliseconds(50))
        }
      }
      let dead = try await delivery(in: "dead")
      let number = try #require(dead["number"] as? Int)
      #expect(
        try await service.get("/metrics", as: Self.operator).text.contains(
          #"paidonce_webhook_deliveries{state="dead"} 1"#))
      let resend = #"{"delivery":\#(number),"reason":"it listens now"}"#
      #expect(try await Self.post("/v1/webhooks/resend", resend, to: service, key: "again").status == 200)
      #expect(try await delivery(in: "delivered")["webhook_id"] as? String == receiver.messages[0].id)
      #expect(receiver.messages.map(\.id) == [receiver.messages[0].id, receiver.messages[0].id])

      let remove = #"{"id":"\#(id)","reason":"no longer wanted"}"#
      #expect(try await Self.post("/v1/webhooks/remove", remove, to: service, key: "remove").status == 200)
      #expect(try await Self.post("/v1/webhooks/remove", remove, to: service, key: "remove2").status == 404)
    }
    let secrets = try await store.sql("SELECT hex(response) FROM effect_keys WHERE response IS NOT NULL")
    #expect(!secrets.contains { $0.contains("77687365635F") }, "an answer that is kept has a secret in it")
    let acts = try await store.sql("SELECT act || ' ' || person || ': ' || reason FROM operator_acts ORDER BY id")
    #expect(
      acts == [
        "webhook-add operator: for the test", "webhook-resend operator: it listens now",
        "webhook-remove operator: no longer wanted",
      ])
  }

  @Test("what cannot be a receiver gets one clear problem; other roles look after nothing")
  func refused() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office) { service in
      for (body, status) in [
        (#"{"url":"http://claims.example/","reason":"r"}"#, 400),
        (#"{"url":"https://a:b@c.example/","reason":"r"}"#, 400),
        (#"{"url":"https://c.example/","types":["claim.lost"],"reason":"r"}"#, 400),
        (#"{"url":"https://c.example/","reason":" "}"#, 400), (#"{"url":"https://c.example/"}"#, 400),
      ] {
        let reply = try await Self.post("/v1/webhooks", body, to: service, key: UUID().uuidString)
        #expect(reply.status == status && !reply.text.contains("a:b"), "\(body): \(reply.text)")
      }
      for role in [Role.submitter, .examiner, .auditor, .agent] {
        #expect(try await service.get("/v1/webhooks", as: Serving.token(role)).status == 403)
      }
    }
    let run = try await office.claims(["webhooks", "add", "http://claims.example/", "--reason", "r"])
    #expect(run.way == .exited(64) && run.complaints.count == 1 && run.errors.contains("must be https"))
    let list = try await office.claims(["webhooks", "list"])
    #expect(list.text == "no receivers\n")
    let unknown = try await office.claims(["webhooks", "rotate", "WHK-1", "--reason", "r"])
    #expect(unknown.way == .exited(65) && unknown.complaints.count == 1)
  }
}
