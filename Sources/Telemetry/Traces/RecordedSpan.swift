import Synchronization
package import Tracing

/// A span that is under way. When it ends it is handed on once.
package final class RecordedSpan: Span {
  package let context: InstrumentationContext
  let trace: TraceContext
  /// The span that this one is part of; nil for the first of a trace.
  let parent: String?
  let kind: SpanKind
  let start: UInt64
  private let state: Mutex<State>
  private let finish: @Sendable (EndedSpan) -> Void

  private struct State {
    var name: String
    var attributes = SpanAttributes()
    var events: [SpanEvent] = []
    var links: [TraceContext] = []
    var status: SpanStatus?
    var isEnded = false
  }

  init(
    _ name: String, _ trace: TraceContext, in context: InstrumentationContext, of parent: String?, kind: SpanKind,
    start: UInt64, finish: @escaping @Sendable (EndedSpan) -> Void
  ) {
    var context = context
    context.traceContext = trace
    (self.context, self.trace, self.parent, self.kind, self.start) = (context, trace, parent, kind, start)
    self.finish = finish
    state = Mutex(State(name: name))
  }

  package var operationName: String {
    get { state.withLock(\.name) }
    set { state.withLock { $0.name = newValue } }
  }

  package var attributes: SpanAttributes {
    get { state.withLock(\.attributes) }
    set { state.withLock { $0.attributes = newValue } }
  }

  package var isRecording: Bool { trace.isSampled && !state.withLock(\.isEnded) }

  package func setStatus(_ status: SpanStatus) { state.withLock { $0.status = status } }

  package func addEvent(_ event: SpanEvent) { state.withLock { $0.events.append(event) } }

  /// Records the type of an error. Its text may be about a claim, so it stays out of traces.
  package func recordError<Instant: TracerInstant>(
    _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
  ) {
    let event = SpanEvent(name: "exception", at: instant(), attributes: ["exception.type": "\(type(of: error))"])
    state.withLock { state in
      state.events.append(event)
      state.status = SpanStatus(code: .error)
    }
  }

  /// Records that the span belongs with another one, which may be in another trace.
  package func addLink(_ link: SpanLink) {
    guard let other = link.context.traceContext else { return }
    state.withLock { $0.links.append(other) }
  }

  package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
    let end = instant().nanosecondsSinceEpoch
    let ended = state.withLock { state -> EndedSpan? in
      guard !state.isEnded else { return nil }
      state.isEnded = true
      return EndedSpan(
        name: state.name, trace: trace, parent: parent, kind: kind, start: start, end: end,
        attributes: state.attributes, events: state.events, links: state.links, status: state.status)
    }
    if let ended, trace.isSampled { finish(ended) }
  }
}

/// A span as it is exported.
struct EndedSpan: Sendable {
  let name: String
  let trace: TraceContext
  let parent: String?
  let kind: SpanKind
  /// Nanoseconds since 1970, as `end`.
  let start: UInt64
  let end: UInt64
  let attributes: SpanAttributes
  let events: [SpanEvent]
  /// The spans that this one belongs with, beside its parent.
  let links: [TraceContext]
  let status: SpanStatus?
}
