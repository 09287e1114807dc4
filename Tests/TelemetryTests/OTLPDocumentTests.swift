import Foundation
import Testing
import Tracing

@testable import Telemetry

@Suite("What is exported of a span is listed; all else stays in the process")
struct OTLPDocumentTests {
  @Test("a path, a query and an address are not exported, in a span or its events; the route and the status are")
  func listed() throws {
    let secret: [String: SpanAttribute] = [
      "url.path": "SECRET", "url.query": "SECRET", "url.full": "SECRET", "user_agent.original": "SECRET",
      "net.sock.peer.addr": "SECRET", "http.request.header.authorization": "SECRET", "exception.message": "SECRET",
    ]
    let open: [String: SpanAttribute] = ["http.route": "a route", "http.response.status_code": 404, "claims": 7]
    let attributes = SpanAttributes(secret.merging(open) { $1 })
    let event = SpanEvent(name: "exception", attributes: SpanAttributes(secret))
    let span = EndedSpan(
      name: "span", trace: TraceContext(), parent: nil, kind: .server, start: 1, end: 2, attributes: attributes,
      events: [event], links: [], status: nil)
    let document = OTLPDocument([span], service: "service", version: "1")
    let text = String(decoding: try JSONEncoder().encode(document), as: UTF8.self)
    #expect(!text.contains("SECRET"), "\(text)")
    for name in ["http.route", "a route", "http.response.status_code", "404", "\"claims\""] {
      #expect(text.contains(name), "\(text)")
    }
  }
}
