import AsyncHTTPClient
import Foundation
package import Logging
import NIOCore
import NIOHTTP1
import Synchronization
package import Tracing

/// Records the spans of this process, and sends them to a collector (OTLP over HTTP, in JSON).
///
/// Traces never hold up the work: spans are kept in memory until the next export, and those that find no room, or that the
/// collector does not take, are dropped and counted in the log.
package final class Traces: Sendable {
  private let endpoint: String
  private let service: String
  private let version: String
  private let logger: Logger
  private let client: HTTPClient
  private let timeout: TimeAmount
  private let waiting = Mutex(Waiting())

  private struct Waiting {
    var spans: [EndedSpan] = []
    var dropped = 0
  }

  /// The most spans that wait for an export. More are dropped.
  private static let capacity = 20_000
  /// The most spans of one request.
  private static let batch = 2_000
  private static let interval = Duration.seconds(1)
  /// The most bytes that are read of the collector's answer.
  private static let answerLimit = 64 * 1024

  /// - Parameters:
  ///   - collector: the collector's address, such as `http://127.0.0.1:4318`; spans go to `/v1/traces` below it.
  ///   - service: the name under which the spans are found.
  ///   - timeout: how long to wait for the collector's answer to one export.
  package init(
    to collector: String, service: String, version: String, timeout: Duration = .seconds(5), logger: Logger
  ) {
    self.timeout = TimeAmount(timeout)
    endpoint = (collector.hasSuffix("/") ? String(collector.dropLast()) : collector) + "/v1/traces"
    (self.service, self.version, self.logger) = (service, version, logger)
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .seconds(2), read: self.timeout))
    // The exports themselves are in no trace.
    configuration.tracing.tracer = nil
    client = HTTPClient(configuration: configuration)
  }

  deinit { client.shutdown { _ in } }

  func keep(_ span: EndedSpan) {
    waiting.withLock { waiting in
      if waiting.spans.count < Self.capacity { waiting.spans.append(span) } else { waiting.dropped += 1 }
    }
  }

  /// Exports until the task is canceled. What has ended since is left to `export()`.
  package func run() async {
    while (try? await Task.sleep(for: Self.interval)) != nil {
      // An export that has begun is not cut short.
      await Task { await export() }.value
    }
  }

  /// Sends everything that has ended. At the first request that the collector does not take, all that wait are dropped:
  /// a collector that is silent is waited for once.
  package func export() async {
    while true {
      let (spans, dropped) = take(Self.batch)
      if dropped > 0 { logger.warning("\(dropped) spans found no room and were dropped") }
      guard !spans.isEmpty else { return }
      guard let failure = await send(spans) else { continue }
      let (rest, more) = take(Self.capacity)
      return logger.warning("\(failure): \(spans.count + rest.count + more) spans were dropped")
    }
  }

  /// Takes spans out of those that wait, and the count of those that found no room.
  private func take(_ limit: Int) -> (spans: [EndedSpan], dropped: Int) {
    waiting.withLock { waiting in
      let spans = Array(waiting.spans.prefix(limit))
      waiting.spans.removeFirst(spans.count)
      defer { waiting.dropped = 0 }
      return (spans, waiting.dropped)
    }
  }

  /// - Returns: why the collector has not taken the spans; nil if it has.
  private func send(_ spans: [EndedSpan]) async -> String? {
    do {
      var request = HTTPClientRequest(url: endpoint)
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(
        try JSONEncoder().encode(OTLPDocument(spans, service: service, version: version)))
      let response = try await client.execute(request, timeout: timeout)
      await Self.drain(response)
      let status = response.status.code
      return (200..<300).contains(status) ? nil : "the collector refused spans: \(status)"
    } catch {
      return "the collector cannot be reached"
    }
  }

  /// Reads a short body for a second at most, so that the connection can be used again. A longer one ends with its
  /// connection.
  private static func drain(_ response: HTTPClientResponse) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = try? await response.body.collect(upTo: answerLimit) }
      group.addTask { try? await Task.sleep(for: .seconds(1)) }
      await group.next()
      group.cancelAll()
    }
  }
}

extension Traces: Tracer {
  package typealias Span = RecordedSpan

  package func startSpan<Instant: TracerInstant>(
    _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
    at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
  ) -> RecordedSpan {
    let context = context()
    let parent = context.traceContext
    return RecordedSpan(
      operationName, parent?.child ?? TraceContext(), in: context, of: parent?.span, kind: kind,
      start: instant().nanosecondsSinceEpoch
    ) { [weak self] in self?.keep($0) }
  }

  package func forceFlush() {}

  package func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
  ) where Extract.Carrier == Carrier {
    guard let header = extractor.extract(key: "traceparent", from: carrier) else { return }
    context.traceContext = TraceContext(header: header)
  }

  package func inject<Carrier, Inject: Injector>(
    _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier {
    guard let trace = context.traceContext else { return }
    injector.inject(trace.header, forKey: "traceparent", into: &carrier)
  }
}
