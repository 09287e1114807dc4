import Synchronization

/// Keeps the leases of a batch alive while another system is being told, and knows until when they are surely ours.
///
/// The clock here is the worker's own, so this is a courtesy that stops late work early. What stops it for certain is
/// the epoch, at the other system and in the store.
final class LeaseKeeper: Sendable {
  private let ends: Mutex<ContinuousClock.Instant>
  private let duration: Duration

  init(endsAt: ContinuousClock.Instant, duration: Duration) {
    ends = Mutex(endsAt)
    self.duration = duration
  }

  var isSurelyOurs: Bool { ContinuousClock.now < ends.withLock { $0 } }

  /// Renews every third of a lease until cancelled. A store that cannot be asked renews nothing, and the leases end.
  func keep(_ leases: [(key: KeyText, epoch: Epoch)], in store: some DurableStore) async {
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: duration / 3)
        let asked = ContinuousClock.now
        let length = duration
        let kept = try await store.transaction { transaction in
          try transaction.renew(leases, until: transaction.now.adding(length))
        }
        guard kept.count == leases.count else { return }
        ends.withLock { $0 = asked + length }
      } catch {
        continue
      }
    }
  }
}
