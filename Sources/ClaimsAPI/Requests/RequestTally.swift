package import ClaimFormats
package import ClaimsDomain
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

  /// The upper bounds of the buckets of durations, in seconds.
  package static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  package struct Counts: Sendable {
    package var requests: [Route: Int] = [:]
    package var replays = 0
    /// Requests by the bucket of their duration; the last bucket has no bound.
    package var durations = [Int](repeating: 0, count: RequestTally.bounds.count + 1)
    package var seconds = 0.0
    /// Claims that came again, and were answered from the record.
    package var claimsAgain = 0
    /// What was not paid a second time, since claims that came again were paid already.
    package var notPaidAgain = Money.zero
  }

  private let state = Mutex(Counts())

  package var counts: Counts { state.withLock { $0 } }

  /// Notes claims that were answered.
  package func note(_ reports: [ClaimReport]) {
    let again = reports.filter(\.isReplay)
    let amounts = again.filter { $0.status == .paid }.compactMap(\.planPaid)
    state.withLock { counts in
      counts.claimsAgain += again.count
      for amount in amounts { counts.notPaidAgain = (try? counts.notPaidAgain + amount) ?? counts.notPaidAgain }
    }
  }

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
