package import DurableExecution
import DurableSQL
import Synchronization

/// Counts how often each statement is run.
package final class CallCount: Sendable {
  private let counts = Mutex<[StoreCall: Int]>([:])

  package init() {}

  package var probe: StoreProbe {
    StoreProbe(before: { call in self.counts.withLock { $0[call, default: 0] += 1 } }, after: { _ in })
  }

  package func of(_ statement: String) -> Int { counts.withLock { $0[.statement(statement)] ?? 0 } }
}
