import Foundation
import TestSupport

/// A span as a collector has got it.
struct CollectedSpan: Decodable {
  struct Link: Decodable {
    let traceId: String
    let spanId: String
  }

  let traceId: String
  let spanId: String
  let parentSpanId: String?
  let name: String
  let kind: Int
  let startTimeUnixNano: String
  let endTimeUnixNano: String
  let links: [Link]
}

/// All spans that a collector has got, from any number of processes.
struct SpanTree {
  let all: [CollectedSpan]
  private let byID: [String: CollectedSpan]

  private struct Export: Decodable {
    struct ResourceSpans: Decodable {
      struct ScopeSpans: Decodable {
        let spans: [CollectedSpan]
      }

      let scopeSpans: [ScopeSpans]
    }

    let resourceSpans: [ResourceSpans]
  }

  init(in collector: TestReceiver) throws {
    all = try collector.messages.flatMap { message in
      try JSONDecoder().decode(Export.self, from: Data(message.body)).resourceSpans
        .flatMap { $0.scopeSpans.flatMap(\.spans) }
    }
    byID = Dictionary(all.map { ($0.spanId, $0) }, uniquingKeysWith: { $1 })
  }

  subscript(id: String) -> CollectedSpan? { byID[id] }

  func spans(of trace: String) -> [CollectedSpan] { all.filter { $0.traceId == trace } }

  /// The names of the spans that a span is in, from the outermost, and its own.
  func path(to span: CollectedSpan) -> [String] {
    (span.parentSpanId.flatMap { byID[$0] }.map(path) ?? []) + [span.name]
  }
}
