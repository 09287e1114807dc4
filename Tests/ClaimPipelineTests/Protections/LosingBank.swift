import BankProtocol
import ClaimPipeline
import DurableExecution
import Synchronization

/// A bank that pays and loses its answer the given number of times.
final class LosingBank: PaymentBank {
  private let bank: any PaymentBank
  private let left: Mutex<Int>

  init(bank: any PaymentBank, commits: Int) {
    self.bank = bank
    left = Mutex(commits)
  }

  /// Whether all requested losses have occurred.
  var hasLost: Bool { left.withLock { $0 == 0 } }

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    await bank.prepare(orders)
  }

  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    let replies = await bank.commit(orders)
    let isLost = left.withLock { left in
      defer { left = max(0, left - 1) }
      return left > 0
    }
    return isLost ? orders.replies { _ in .unclear(.retryable("reply-lost", "the reply was lost")) } : replies
  }

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    await bank.standing(of: orders)
  }

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> { await bank.void(orders) }
}
