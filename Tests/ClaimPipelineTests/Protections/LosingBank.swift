import ClaimPipeline
import DurableExecution
import Synchronization

/// Pays, and loses its answer, a given number of times.
final class LosingBank: PaymentBank {
  private let bank: any PaymentBank
  private let left: Mutex<Int>

  init(bank: any PaymentBank, commits: Int) {
    self.bank = bank
    left = Mutex(commits)
  }

  /// Whether every loss that was asked for has happened.
  var hasLost: Bool { left.withLock { $0 == 0 } }

  func prepare(_ orders: [PaymentOrder]) async -> [RemoteReply<PreparedPayment>] { await bank.prepare(orders) }

  func commit(_ orders: [PaymentOrder]) async -> [RemoteReply<BankReceipt>] {
    let replies = await bank.commit(orders)
    let isLost = left.withLock { left in
      defer { left = max(0, left - 1) }
      return left > 0
    }
    return isLost ? orders.map { _ in .unclear(.retryable("reply-lost", "the reply was lost")) } : replies
  }

  func standing(of orders: [PaymentOrder]) async -> [RemoteStanding<BankReceipt>] { await bank.standing(of: orders) }

  func void(_ orders: [VoidOrder]) async -> [RemoteReply<VoidReceipt>] { await bank.void(orders) }
}
