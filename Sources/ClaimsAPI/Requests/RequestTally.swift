import Synchronization

/// What the service has answered, for `/metrics`. Routes are templates, so no name and no number of a claim is in them.
final class RequestTally: Sendable {
  struct Route: Hashable, Comparable {
    let route: String
    let method: String
    let status: Int

    static func < (left: Route, right: Route) -> Bool {
      (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
  }

  /// The upper bounds of the buckets of durations, in seconds.
  static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  struct Counts: Sendable {
    var requests: [Route: Int] = [:]
    var replays = 0
    /// Requests by the bucket of their duration; the last bucket has no bound.
    var durations = [Int](repeating: 0, count: RequestTally.bounds.count + 1)
    var seconds = 0.0
  }

  private let state = Mutex(Counts())

  var counts: Counts { state.withLock { $0 } }

  func note(route: String, method: String, status: Int, replay: Bool, took duration: Duration) {
    let seconds = duration / .seconds(1)
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    state.withLock { counts in
      counts.requests[Route(route: route, method: method, status: status), default: 0] += 1
      if replay { counts.replays += 1 }
      counts.durations[bucket] += 1
      counts.seconds += seconds
    }
  }
}
