import ClaimPipeline
import DurableExecution

/// A bank whose answers do not arrive, whether it acted or not.
struct SilentBank: PaymentBank {
  let bank: any PaymentBank
  /// Whether what it is told reaches it.
  let hears: Bool

  private let silence = ActivityFailure.retryable("no-answer", "no answer")

  func prepare(_ orders: [PaymentOrder]) async -> [RemoteReply<PreparedPayment>] {
    hears ? await bank.prepare(orders) : orders.map { _ in .unclear(silence) }
  }

  func commit(_ orders: [PaymentOrder]) async -> [RemoteReply<BankReceipt>] {
    if hears { _ = await bank.commit(orders) }
    return orders.map { _ in .unclear(silence) }
  }

  func standing(of orders: [PaymentOrder]) async -> [RemoteStanding<BankReceipt>] {
    orders.map { _ in .unknown(silence) }
  }

  func void(_ orders: [VoidOrder]) async -> [RemoteReply<VoidReceipt>] {
    if hears { _ = await bank.void(orders) }
    return orders.map { _ in .unclear(silence) }
  }
}
