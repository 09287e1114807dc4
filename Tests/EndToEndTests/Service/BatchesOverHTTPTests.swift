import AsyncHTTPClient
import ClaimsAPI
import Foundation
import NIOCore
import Subprocess
import TestSupport
import Testing

@Suite("What is submitted for later is a batch, and its sender can see how far it is", .postgres)
struct BatchesOverHTTPTests {
  private static let submitter = Serving.token(.submitter)
  private static let later = [("Prefer", "respond-async")]

  private static func options(_ store: StoreInUse, _ office: Office) async throws -> [String] {
    store.option + (try await office.bankOption(for: ["process"] + store.option + ["x"]))
  }

  private static func submit(_ claims: [UInt8], to service: Serving, key: String = "a") async throws -> String {
    let reply = try await service.post("/v1/claims", claims, as: submitter, key: key, headers: later)
    return try #require(try reply.json()["batch"] as? String, "\(reply.status) \(reply.text)")
  }

  private static func progress(_ reply: Serving.Reply) throws -> [String: Int] {
    let counts = try #require(try reply.json()["progress"] as? [String: Int], "\(reply.text)")
    return counts.filter { $0.value > 0 }
  }

  @Test(
    "the events of a batch say how it goes on, end when it is done, and hold no member data",
    arguments: StoreKind.allCases)
  func followed(on kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let claims = Array(SampleClaims.text.utf8)
    _ = try await Serving.open(in: office, try await Self.options(store, office), enrolling: false) { service in
      let batch = try await Self.submit(claims, to: service)
      let stream = try await service.get("/v1/batches/\(batch)/events", as: Self.submitter)
      #expect(stream.status == 200 && stream.headers["content-type"] == "text/event-stream")
      let events = stream.text.components(separatedBy: "\n\n").filter { $0.hasPrefix("event: progress\n") }
      let last = try #require(events.last?.split(separator: "\n"))
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(last[2].dropFirst("data: ".count).utf8)) as? [String: Any])
      #expect(document["done"] as? Bool == true && document["claims"] as? Int == 15)
      #expect((document["progress"] as? [String: Int])?.values.reduce(0, +) == 15)
      for word in ["DEMO", "ORTEGA", "SMPL", "idemp:"] { #expect(!stream.text.contains(word)) }

      let now = try await service.get("/v1/batches/\(batch)", as: Self.submitter)
      #expect(try Self.progress(now) == ["paid": 7, "denied": 6, "suspended": 1, "rejected": 1])
      // Who has seen the end is not sent it again.
      let id = String(last[1].dropFirst("id: ".count))
      let again = try await service.get(
        "/v1/batches/\(batch)/events", as: Self.submitter, headers: [("Last-Event-ID", id)])
      #expect(again.status == 204 && again.bytes.isEmpty)
      // The same claims again, under another key: the same batch.
      #expect(try await Self.submit(claims, to: service, key: "b") == batch)
      let shown = try await office.claims(["batches", batch, "--output", "json"] + store.option)
      #expect(shown.output == now.bytes + Array("\n".utf8))
      let list = try await office.claims(["batches"] + store.option)
      #expect(list.text.contains(batch) && list.text.contains("15 claims          0 open  submitter\n"), "\(list.text)")
    }
  }

  @Test("a batch is seen by its sender and by readers; to another submitter it is not there")
  func whose() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let batch = try await Self.submit(Array(ManyClaims(count: 3, seed: 71).text.utf8), to: service)
      let other = Serving.token(.submitter, of: "second")
      for path in ["/v1/batches/\(batch)", "/v1/batches/\(batch)/events", "/v1/batches?after=\(batch)"] {
        // Required, since a stream that is open for another never ends.
        try #require(try await service.get(path, as: other).status == 404)
        #expect(try await service.get(path, as: Serving.token(.agent)).status == 403)
      }
      #expect(try await (service.get("/v1/batches", as: other).json()["batches"] as? [Any])?.isEmpty == true)
      for role in [Role.submitter, .examiner, .operator, .auditor] {
        let reply = try await service.get("/v1/batches/\(batch)", as: Serving.token(role))
        #expect(try Self.progress(reply) == ["waiting": 3])
        let list = try await service.get("/v1/batches", as: Serving.token(role)).json()["batches"] as? [[String: Any]]
        #expect(list?.map { $0["id"] as? String } == [batch] && list?.first?["open"] as? Int == 3)
      }
      for path in ["/v1/batches/BAT-1", "/v1/batches/BAT-\(String(repeating: "0", count: 20))"] {
        #expect(try await service.get(path, as: Self.submitter).status == 404)
      }
    }
  }

  @Test("an open stream ends cleanly when the service is asked to stop, and the service does")
  func shutdown() async throws {
    let office = try Office()
    let run = try await Serving.open(in: office, ["--jobs", "0"]) { service in
      let batch = try await Self.submit(Array(ManyClaims(count: 3, seed: 72).text.utf8), to: service)
      let (head, body) = try await service.stream("/v1/batches/\(batch)/events", as: Self.submitter)
      #expect(head == 200)
      var text = ""
      var parts = body.makeAsyncIterator()
      while !text.contains("event: progress"), let part = try await parts.next() { text += String(buffer: part) }
      kill(service.processIdentifier.value, SIGTERM)
      // The end of the body, and not a connection that broke off.
      while let part = try await parts.next() { text += String(buffer: part) }
      #expect(text.hasSuffix("\n\n") && text.contains("\"waiting\":3"))
    }
    #expect(run.ended == .exited(0), "\(run.errors)")
  }

  @Test("there are only so many open streams, and a client that has gone makes room before the next heartbeat")
  func limited() async throws {
    let office = try Office()
    _ = try await Serving.open(in: office, ["--jobs", "0", "--stream-limit", "2"]) { service in
      let batch = try await Self.submit(Array(ManyClaims(count: 1, seed: 73).text.utf8), to: service)
      let path = "/v1/batches/\(batch)/events"
      do {
        let first = try await service.stream(path, as: Self.submitter)
        let second = try await service.stream(path, as: Self.submitter)
        #expect(first.status == 200 && second.status == 200)
        let third = try await service.get(path, as: Self.submitter)
        #expect(third.status == 503 && third.headers["retry-after"] != nil)
        _ = (first.body, second.body)
      }
      // The connections were dropped. Who waits for a write to fail learns of it from the second heartbeat, after 30 s.
      let dropped = ContinuousClock.now
      while try await service.stream(path, as: Self.submitter).status != 200 {
        try #require(.now - dropped < .seconds(25))
        try await Task.sleep(for: .milliseconds(200))
      }
    }
  }

  @Test("on the command line: the same content is the same batch, whatever the file is called, and from a pipe")
  func commandLine() async throws {
    let office = try Office()
    let text = ManyClaims(count: 4, seed: 74).text
    try office.write(text, to: "a.837")
    try office.write(text, to: "b.837")
    func batch(_ run: Ended) throws -> String {
      try #require(run.text.firstMatch(of: /\nbatch (BAT-[0-9a-f]{20})\n/).map { String($0.output.1) }, "\(run.text)")
    }
    let first = try batch(try await office.claims(["submit", "a.837"]))
    #expect(try batch(try await office.claims(["submit", "b.837"])) == first)
    let piped = try await office.claims(["submit", "-"], input: Array(text.utf8))
    #expect(try batch(piped) == first && piped.text.hasPrefix("0 claims queued, 4 in the queue already"))
    #expect(try batch(try await office.claims(["submit", "a.837", "b.837"])) != first)
    let shown = try await office.claims(["batches", first])
    #expect(shown.text.hasPrefix("batch \(first)  under way\n"), "\(shown.text)")
    #expect(shown.text.contains("\n  waiting            4\n"), "\(shown.text)")
    let unknown = try await office.claims(["batches", "BAT-1"])
    #expect(unknown.way == .exited(65))
    #expect(unknown.complaints == ["claims: there is no such batch; see `claims batches`"])
  }

  @Test("a submission that found the queue full is not whole until it is sent again")
  func cutShort() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 30, seed: 75).text, to: "many.837")
    let submit = ["submit", "many.837", "--queue-limit", "20", "--no-wait"] + Office.received
    #expect(try await office.claims(submit).way == .exited(69))
    let before = try await office.claims(["batches", "--output", "json"]).text
    #expect(before.contains(#""claims":20,"open":20,"whole":false"#), "\(before)")
    _ = try await office.claims(["work", "--until-empty", "--enroll", "PPO"])
    #expect(try await office.claims(submit).way == .exited(0))
    let after = try await office.claims(["batches", "--output", "json"]).text
    #expect(after.contains(#""claims":30,"open":10,"whole":true"#), "\(after)")
  }
}
