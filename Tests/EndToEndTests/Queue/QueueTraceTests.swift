import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("A queued claim is worked on in the trace in which it was submitted")
struct QueueTraceTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let caller = "00f067aa0ba902b7"
  private static let header = "00-\(trace)-\(caller)-01"
  private static let agents = [
    "intake", "eligibility", "adjudication", "payment: commit", "payment", "payment: record", "audit",
  ]

  /// The collector is in this process, which may be busy for longer than a program waits by itself.
  private static func tracing(to collector: TestReceiver) -> [String: String] {
    ["CLAIMS_OTLP": collector.url, "CLAIMS_OTLP_TIMEOUT": "120"]
  }

  @Test(
    "one trace leads from the caller through the service, the queue, another process's agents and into the bank",
    arguments: StoreKind.allCases)
  func followed(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    let collector = try await TestReceiver()
    let environment = Self.tracing(to: collector)
    _ = try await Gateway.open(in: office, environment: environment) { gateway in
      let options = store.option + ["--gateway", gateway.url]
      _ = try await Serving.open(in: office, options + ["--jobs", "0"], environment: environment) { service in
        let reply = try await service.post(
          "/v1/claims", ManyClaims(count: 3, seed: 71).text.utf8, as: Serving.token(.submitter), key: "traced",
          headers: [("Prefer", "respond-async"), ("Traceparent", Self.header)])
        #expect(reply.status == 202, "\(reply.text)")
      }
      let work = ["work", "--until-empty", "--jobs", "1", "--enroll", "PPO"] + options
      #expect(try await office.claims(work, environment: environment).way == .exited(0))
    }
    let tree = try SpanTree(in: collector)
    let paths = Set(tree.spans(of: Self.trace).map(tree.path))
    let root = ["/v1/claims", "submit", "batch", "claims"]
    for agent in Self.agents { #expect(paths.contains(root + [agent]), "\(agent): \(paths)") }
    let commits = tree.spans(of: Self.trace).filter { $0.kind == 2 && $0.name.contains("commit") }
    #expect(commits.count == 3, "\(paths)")
    for commit in commits { #expect(tree.path(to: commit).starts(with: root + ["payment", "POST"])) }
    #expect(!tree.all.contains { $0.traceId != Self.trace && Self.agents.contains($0.name) })
    let text = collector.messages.map(\.text).joined()
    for word in ["MANY-", "idemp:", "DOE"] { #expect(!text.contains(word)) }
  }

  @Test(
    "a service that records no traces passes the caller's on; what is malformed is ignored; answers and claims do not change",
    arguments: StoreKind.allCases)
  func passedOn(kind: StoreKind) async throws {
    let (good, none, malformed) = (
      try await Self.queued(with: Self.header, on: kind), try await Self.queued(with: nil, on: kind),
      try await Self.queued(with: "00-\(Self.trace.uppercased())-\(Self.caller)-01", on: kind)
    )
    #expect([good, none, malformed].map(\.traceparents) == [[Self.header], ["none"], ["none"]])
    #expect(good.claims.count == 2 && [none, malformed].map(\.claims) == [good.claims, good.claims])
    #expect([none, malformed].map(\.answer) == [good.answer, good.answer])
  }

  /// What a service without traces has queued and answered.
  private struct Queued {
    let traceparents: [String]
    let claims: [String]
    let answer: String
  }

  private static func queued(with header: String?, on kind: StoreKind) async throws -> Queued {
    let office = try Office()
    let store = try await kind.store(in: office)
    let answer = try await Gateway.open(in: office) { gateway in
      let options = store.option + ["--gateway", gateway.url, "--jobs", "0"]
      return try await Serving.open(in: office, options) { service in
        try await service.post(
          "/v1/claims", ManyClaims(count: 2, seed: 72).text.utf8, as: Serving.token(.submitter), key: "once",
          headers: [("Prefer", "respond-async")] + (header.map { [("traceparent", $0)] } ?? [])
        ).text
      }.value
    }.value
    return Queued(
      traceparents: try await store.sql("SELECT DISTINCT coalesce(traceparent, 'none') FROM queued_claims"),
      claims: try await store.sql("SELECT intake_key || ' ' || source || ' ' || place FROM queued_claims ORDER BY 1"),
      answer: answer)
  }

  @Test("claims of several submissions in one batch: each of their traces has a span that links to the work")
  func mixed() async throws {
    let office = try Office()
    let collector = try await TestReceiver()
    let environment = Self.tracing(to: collector)
    for seed in [73, 74] {
      try office.write(ManyClaims(count: 2, seed: UInt64(seed)).text, to: "\(seed).837")
      let submitted = try await office.claims(["submit", "\(seed).837"] + Office.received, environment: environment)
      #expect(submitted.way == .exited(0), "\(submitted.errors)")
    }
    let work = ["work", "--until-empty", "--jobs", "1", "--batch", "100", "--enroll", "PPO"]
    #expect(try await office.claims(work, environment: environment).way == .exited(0))
    let tree = try SpanTree(in: collector)
    let agents = try #require(tree.all.first { $0.name == "intake" })
    #expect(tree.path(to: agents) == ["batch", "claims", "intake"])
    let submissions = tree.all.filter { $0.name == "submit" }
    #expect(Set(submissions.map(\.traceId)).count == 2)
    for submission in submissions {
      let lead = try #require(tree.all.first { $0.parentSpanId == submission.spanId }, "a span within the submission")
      #expect(lead.name == "batch" && lead.traceId == submission.traceId)
      let work = try #require(lead.links.first.flatMap { tree[$0.spanId] })
      #expect(lead.links.count == 1 && work.traceId == agents.traceId && work.parentSpanId == nil)
    }
  }

  @Test("claims of one submission are worked on in its trace")
  func submitted() async throws {
    let office = try Office()
    let collector = try await TestReceiver()
    let environment = Self.tracing(to: collector)
    try office.write(ManyClaims(count: 2, seed: 75).text, to: "two.837")
    let submitted = try await office.claims(["submit", "two.837"] + Office.received, environment: environment)
    #expect(submitted.way == .exited(0), "\(submitted.errors)")
    let work = ["work", "--until-empty", "--jobs", "1", "--enroll", "PPO"]
    #expect(try await office.claims(work, environment: environment).way == .exited(0))
    let tree = try SpanTree(in: collector)
    #expect(Set(tree.all.map(\.traceId)).count == 1)
    for agent in Self.agents {
      let span = try #require(tree.all.first { $0.name == agent })
      #expect(tree.path(to: span) == ["submit", "batch", "claims", agent])
    }
  }
}
