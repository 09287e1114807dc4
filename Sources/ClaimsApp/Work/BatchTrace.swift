import ClaimStore
import Telemetry
import Tracing

/// The spans of a batch of queued claims.
///
/// Claims that were submitted in one trace are worked on in it. A batch may also have claims of several traces, or some
/// of none. It is still worked on as one, since to split it would cost commits. The work is then a trace of its own, and
/// each of the others has a span that links to it.
struct BatchTrace {
  private let work: any Span
  /// The spans that link to the work.
  private let leads: [any Span]

  init(of claims: [LeasedClaim]) {
    let submitted = claims.map { $0.traceparent.flatMap(TraceContext.init(header:)) }
    let traces = Dictionary(grouping: submitted, by: \.?.trace).mapValues { (context: $0[0], claims: $0.count) }
    let only = traces.count == 1 ? traces.first?.value.context : nil
    let work = Self.span(in: only, claims.count)
    self.work = work
    leads =
      only != nil
      ? []
      : traces.values.compactMap { trace in
        guard let context = trace.context else { return nil }
        let lead = Self.span(in: context, trace.claims)
        lead.addLink(SpanLink(context: work.context, attributes: [:]))
        return lead
      }
  }

  private static func span(in trace: TraceContext?, _ claims: Int) -> any Span {
    let span = startSpan("batch", context: .within(trace), ofKind: .consumer)
    span.attributes["claims"] = claims
    return span
  }

  /// Does the work of the batch in its span. All spans end with it.
  func record<Value>(_ body: () async throws -> Value) async throws -> Value {
    defer { for span in leads + [work] { span.end() } }
    do {
      return try await InstrumentationContext.$current.withValue(work.context) { try await body() }
    } catch {
      for span in leads + [work] { span.recordError(error) }
      throw error
    }
  }
}
