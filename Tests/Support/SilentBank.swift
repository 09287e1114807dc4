package import BankProtocol
import ClaimPipeline
package import DurableExecution

/// A bank whose answers never arrive, whether it acted or not.
package struct SilentBank: PaymentBank {
  let bank: any PaymentBank
  /// Whether requests reach the bank.
  let hears: Bool

  package init(bank: any PaymentBank, hears: Bool) {
    self.bank = bank
    self.hears = hears
  }

  private let silence = ActivityFailure.retryable("no-answer", "no answer")

  package func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    hears ? await bank.prepare(orders) : orders.replies { _ in .unclear(silence) }
  }

  package func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    if hears { _ = await bank.commit(orders) }
    return orders.replies { _ in .unclear(silence) }
  }

  package func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    orders.replies { _ in .unknown(silence) }
  }

  package func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    if hears { _ = await bank.void(orders) }
    return orders.replies { _ in .unclear(silence) }
  }
}
