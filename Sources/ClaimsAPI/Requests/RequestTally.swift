import Metrics
import Synchronization
package import Telemetry

/// What the service has answered: for `/metrics`, by route, and for the console. Routes are templates, so no name and no
/// number of a claim is in them.
package final class RequestTally: Sendable {
  package struct Counts: Sendable {
    package var replays = 0
    package var durations = DurationHistogram()
  }

  private let state = Mutex(Counts())
  private let replays = Counter(label: "http_replays_total")
  private let durations = Timer(label: "http_request_seconds")

  package var counts: Counts { state.withLock { $0 } }

  func note(route: String, method: String, status: Int, replay: Bool, took duration: Duration) {
    state.withLock { counts in
      if replay { counts.replays += 1 }
      counts.durations.note(duration)
    }
    Counter(
      label: "http_requests_total", dimensions: [("route", route), ("method", method), ("status", "\(status)")]
    ).increment()
    durations.record(duration: duration)
    if replay { replays.increment() }
  }
}
