import ClaimPipeline
import DurableExecution

/// A bank whose calls a watch writes down.
struct WatchedBank: PaymentBank {
  let bank: any PaymentBank
  let watch: DeathWatch

  func prepare(_ orders: [PaymentOrder]) async -> [RemoteReply<PreparedPayment>] {
    watch.call("bank: prepare")
    return await bank.prepare(orders)
  }

  func commit(_ orders: [PaymentOrder]) async -> [RemoteReply<BankReceipt>] {
    watch.call("bank: commit")
    watch.strike(at: .beforePayment)
    let replies = await bank.commit(orders)
    watch.strike(at: .afterPayment)
    return replies
  }

  func standing(of orders: [PaymentOrder]) async -> [RemoteStanding<BankReceipt>] {
    watch.call("bank: standing")
    return await bank.standing(of: orders)
  }

  func void(_ orders: [VoidOrder]) async -> [RemoteReply<VoidReceipt>] {
    watch.call("bank: void")
    return await bank.void(orders)
  }
}
