import ClaimPipeline
import DurableExecution

/// A bank whose calls are numbered and fail as a script says.
struct ScriptedBank: PaymentBank {
  let bank: any PaymentBank
  let script: FaultScript

  private static let lost = ActivityFailure.retryable("reply-lost", "the bank's reply was lost")

  func prepare(_ orders: [PaymentOrder]) async -> [RemoteReply<PreparedPayment>] {
    await scripted("bank.prepare", orders, otherwise: .unclear(Self.lost)) { await bank.prepare($0) }
  }

  func commit(_ orders: [PaymentOrder]) async -> [RemoteReply<BankReceipt>] {
    await scripted("bank.commit", orders, otherwise: .unclear(Self.lost)) { await bank.commit($0) }
  }

  func standing(of orders: [PaymentOrder]) async -> [RemoteStanding<BankReceipt>] {
    await scripted("bank.standing", orders, otherwise: .unknown(Self.lost)) { await bank.standing(of: $0) }
  }

  func void(_ orders: [VoidOrder]) async -> [RemoteReply<VoidReceipt>] {
    await scripted("bank.void", orders, otherwise: .unclear(Self.lost)) { await bank.void($0) }
  }

  private func scripted<Order, Reply>(
    _ name: String, _ orders: [Order], otherwise lost: Reply, _ call: ([Order]) async -> [Reply]
  ) async -> [Reply] {
    let nothingHeard = orders.map { _ in lost }
    guard let number = script.begin(name) else { return nothingHeard }
    let replies = await call(orders)
    guard case .heard = script.end(number) else { return nothingHeard }
    return replies
  }
}
