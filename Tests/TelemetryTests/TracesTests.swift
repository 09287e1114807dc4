import Logging
import Synchronization
import Testing
import Tracing

@testable import Telemetry

@Suite("A collector that is gone holds up nothing")
struct TracesTests {
  @Test("it is asked once for all that wait, and what waits is dropped and counted")
  func gone() async {
    let lines = Lines()
    let traces = Traces(
      to: "http://127.0.0.1:1", service: "service", version: "1",
      logger: Logger(label: "traces") { _ in KeepingLog(lines: lines) })
    for _ in 1...4_500 {
      traces.keep(
        EndedSpan(
          name: "span", trace: TraceContext(), parent: nil, kind: .internal, start: 1, end: 2, attributes: [:],
          events: [], links: [], status: nil))
    }
    await traces.export()
    #expect(lines.all == ["the collector cannot be reached: 4500 spans were dropped"])
    await traces.export()
    #expect(lines.all.count == 1, "nothing waits any more")
  }
}

/// What was logged.
private final class Lines: Sendable {
  private let kept = Mutex<[String]>([])

  var all: [String] { kept.withLock { $0 } }

  func add(_ line: String) { kept.withLock { $0.append(line) } }
}

private struct KeepingLog: LogHandler {
  let lines: Lines
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.notice

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { lines.add("\(event.message)") }
}
