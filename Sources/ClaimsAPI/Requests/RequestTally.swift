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

  private struct Route: Hashable {
    let route: String
    let method: String
    let status: Int

    var counter: Counter {
      Counter(
        label: "http_requests_total", dimensions: [("route", route), ("method", method), ("status", "\(status)")])
    }
  }

  private let state = Mutex((counts: Counts(), requests: [Route: Counter]()))
  private let replays = Counter(label: "http_replays_total")
  private let durations = Timer(label: "http_request_seconds")

  package var counts: Counts { state.withLock(\.counts) }

  func note(route: String, method: String, status: Int, replay: Bool, took duration: Duration) {
    let route = Route(route: route, method: method, status: status)
    let requests = state.withLock { state in
      if replay { state.counts.replays += 1 }
      state.counts.durations.note(duration)
      if let known = state.requests[route] { return known }
      let counter = route.counter
      state.requests[route] = counter
      return counter
    }
    requests.increment()
    durations.record(duration: duration)
    if replay { replays.increment() }
  }
}
