import ClaimsAPI
import Foundation
import TestSupport
import Testing

@Suite("A request can be followed through every agent, its retries, and into the bank")
struct TraceTests {
  @Test("a caller's trace goes on in the service and at the bank, span within span, and names no member")
  func followed() async throws {
    let office = try Office()
    let collector = try await TestReceiver()
    // The collector is in this process, which may be busy for longer than a program waits by itself.
    let environment = ["CLAIMS_OTLP": collector.url, "CLAIMS_OTLP_TIMEOUT": "120"]
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    _ = try await Gateway.open(in: office, faults: "error503:commit:count=1", environment: environment) { gateway in
      let options = ["--gateway", gateway.url, "--jobs", "0"]
      _ = try await Serving.open(in: office, options, environment: environment) { service in
        let reply = try await service.post(
          "/v1/claims", ManyClaims(count: 2, seed: 97).text.utf8, as: Serving.token(.submitter), key: "traced",
          headers: [("Traceparent", "00-\(trace)-00f067aa0ba902b7-01")])
        #expect(reply.status == 200, "\(reply.text)")
        for path in ["/v1/claims/SECRET?member=SECRET", "/SECRET"] {
          #expect(try await service.get(path, as: Serving.token(.auditor)).status == 404)
        }
      }
    }
    let tree = try SpanTree(in: collector)
    let spans = tree.spans(of: trace)
    for span in spans {
      let parent = try #require(span.parentSpanId, "every span of the trace is within another")
      #expect(tree[parent] != nil || parent == "00f067aa0ba902b7", "\(span.name)")
      #expect(try #require(UInt64(span.startTimeUnixNano)) <= #require(UInt64(span.endTimeUnixNano)))
    }
    let paths = Set(spans.map { tree.path(to: $0).joined(separator: " > ") })
    let root = "/v1/claims > claims"
    for agent in [
      "intake", "eligibility", "adjudication", "payment: commit", "payment", "payment: record", "audit",
    ] { #expect(paths.contains("\(root) > \(agent)"), "\(agent): \(paths.sorted())") }
    let commits = spans.filter { $0.kind == 2 && $0.name.contains("commit") }
    #expect(commits.count == 3, "two payments, and the retry of one: \(paths.sorted())")
    for commit in commits { #expect(tree.path(to: commit).starts(with: ["/v1/claims", "claims", "payment", "POST"])) }
    let text = collector.messages.map(\.text).joined()
    for word in ["MANY-", "idemp:", "DOE", "SECRET"] { #expect(!text.contains(word)) }
  }

  @Test("a collector that is not there, or answers nothing good, holds up no claim", arguments: ["none", "refuses"])
  func away(collector kind: String) async throws {
    let office = try Office()
    let collector = try await TestReceiver { _, _ in 500 }
    let url = kind == "none" ? "http://127.0.0.1:1" : collector.url
    try office.write(ManyClaims(count: 20, seed: 98).text, to: "many.837")
    let run = try await office.shell(
      "CLAIMS_OTLP=\(url) $CLAIMS process many.837 --enroll PPO \(Office.received.joined(separator: " "))")
    #expect(run.way == .exited(0), "\(run.errors)")
    #expect(run.errors.contains(kind == "none" ? "cannot be reached" : "refused"), "\(run.errors)")
    let wrong = try await office.shell("CLAIMS_OTLP=nowhere $CLAIMS list")
    #expect(wrong.way == .exited(65) && wrong.errors.contains("name a collector"), "\(wrong.errors)")
    let never = try await office.shell("CLAIMS_OTLP=\(url) CLAIMS_OTLP_TIMEOUT=0 $CLAIMS list")
    #expect(never.way == .exited(65) && never.errors.contains("a number of seconds"), "\(never.errors)")
  }

  @Test("without a collector nothing is traced")
  func off() async throws {
    let office = try Office()
    let collector = try await TestReceiver()
    try office.write(ManyClaims(count: 2, seed: 99).text, to: "few.837")
    #expect(try await office.process("few.837").way == .exited(0))
    #expect(collector.messages.isEmpty)
  }
}
