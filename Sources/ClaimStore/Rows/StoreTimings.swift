package import DurableExecution
import Synchronization

/// How long transactions and reads of a store took, with the wait for a connection and for locks.
package final class StoreTimings: Sendable {
  package struct Figures: Sendable {
    package var transactions = DurationHistogram()
    package var reads = DurationHistogram()
    /// Transactions and reads that threw.
    package var failures = 0
  }

  private let state = Mutex(Figures())

  package var figures: Figures { state.withLock(\.self) }

  func measure<Value>(writing: Bool, _ work: () async throws -> Value) async throws -> Value {
    let began = ContinuousClock.now
    do {
      let value = try await work()
      note(ContinuousClock.now - began, writing: writing, failed: false)
      return value
    } catch {
      note(ContinuousClock.now - began, writing: writing, failed: true)
      throw error
    }
  }

  private func note(_ duration: Duration, writing: Bool, failed: Bool) {
    state.withLock { figures in
      if writing { figures.transactions.note(duration) } else { figures.reads.note(duration) }
      if failed { figures.failures += 1 }
    }
  }
}
