import Synchronization

/// The event streams that may be open at once. Of four places or more, no caller has more than three quarters, so that one
/// caller does not keep out all others. A place that is taken is free again when nothing refers to it.
final class StreamPlaces: Sendable {
  private let limit: Int
  private let limitOfCaller: Int
  /// The number of places that each caller has.
  private let taken = Mutex<[String: Int]>([:])

  init(_ limit: Int) {
    self.limit = limit
    limitOfCaller = limit - limit / 4
  }

  /// - Returns: nil if no place is free for the caller.
  func take(for caller: Caller) -> Place? {
    let isTaken = taken.withLock { taken in
      let own = taken[caller.name] ?? 0
      guard own < limitOfCaller, taken.values.reduce(0, +) < limit else { return false }
      taken[caller.name] = own + 1
      return true
    }
    return isTaken ? Place(self, of: caller.name) : nil
  }

  private func giveBack(of caller: String) {
    taken.withLock { taken in
      let left = (taken[caller] ?? 0) - 1
      taken[caller] = left > 0 ? left : nil
    }
  }

  final class Place: Sendable {
    private let places: StreamPlaces
    private let caller: String

    fileprivate init(_ places: StreamPlaces, of caller: String) { (self.places, self.caller) = (places, caller) }

    deinit { places.giveBack(of: caller) }
  }
}
