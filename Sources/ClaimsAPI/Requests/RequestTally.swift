package import ClaimStore
import Synchronization

/// What the service has answered, for `/metrics`. Routes are templates, so no name and no number of a claim is in them.
package final class RequestTally: Sendable {
  package struct Route: Hashable, Comparable {
    package let route: String
    package let method: String
    package let status: Int

    package static func < (left: Route, right: Route) -> Bool {
      (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
  }

  package struct Counts: Sendable {
    package var requests: [Route: Int] = [:]
    package var replays = 0
    package var durations = DurationHistogram()
  }

  private let state = Mutex(Counts())

  package var counts: Counts { state.withLock { $0 } }

  func note(route: String, method: String, status: Int, replay: Bool, took duration: Duration) {
    state.withLock { counts in
      counts.requests[Route(route: route, method: method, status: status), default: 0] += 1
      if replay { counts.replays += 1 }
      counts.durations.note(duration)
    }
  }
}
