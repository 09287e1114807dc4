import Synchronization

/// The number of event streams that may still be opened. A place that is taken is free again when nothing refers to it.
final class StreamPlaces: Sendable {
  private let free: Mutex<Int>

  init(_ limit: Int) {
    free = Mutex(limit)
  }

  /// - Returns: nil if no place is free.
  func take() -> Place? {
    let isTaken = free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
    return isTaken ? Place(self) : nil
  }

  private func giveBack() { free.withLock { $0 += 1 } }

  final class Place: Sendable {
    private let places: StreamPlaces

    fileprivate init(_ places: StreamPlaces) { self.places = places }

    deinit { places.giveBack() }
  }
}
