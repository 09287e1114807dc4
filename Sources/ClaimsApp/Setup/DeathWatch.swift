import ClaimPipeline
import DurableExecution
import Foundation
package import SQLiteStore
import Synchronization

/// Counts the calls of a run to its store and its bank, and ends the process with SIGKILL just before one of them: a
/// real death, after which nothing is cleaned up.
package final class DeathWatch: Sendable {
  private let count = Atomic<Int>(0)
  private let fatal: Int

  package init(dieBefore number: Int) {
    fatal = number
  }

  func call() {
    if count.add(1, ordering: .sequentiallyConsistent).newValue == fatal { kill(getpid(), SIGKILL) }
  }

  /// For the store: its transactions' boundaries and each of their statements.
  package var probe: StoreProbe {
    StoreProbe(before: { _ in self.call() }, after: { _ in })
  }
}

/// A bank whose calls are counted.
struct WatchedBank: PaymentBank {
  let bank: any PaymentBank
  let watch: DeathWatch

  func prepare(_ orders: [PaymentOrder]) async -> [RemoteReply<PreparedPayment>] {
    watch.call()
    return await bank.prepare(orders)
  }

  func commit(_ orders: [PaymentOrder]) async -> [RemoteReply<BankReceipt>] {
    watch.call()
    return await bank.commit(orders)
  }

  func standing(of orders: [PaymentOrder]) async -> [RemoteStanding<BankReceipt>] {
    watch.call()
    return await bank.standing(of: orders)
  }

  func void(_ orders: [VoidOrder]) async -> [RemoteReply<VoidReceipt>] {
    watch.call()
    return await bank.void(orders)
  }
}
