import BankProtocol
import ClaimPipeline
import DurableExecution
import DurableTesting

/// A bank whose calls are numbered and fail according to a script.
struct ScriptedBank: PaymentBank {
  let bank: any PaymentBank
  let script: FaultScript

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    await scripted("bank.prepare", orders) { await bank.prepare($0) }
  }

  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    await scripted("bank.commit", orders) { await bank.commit($0) }
  }

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    await scripted("bank.standing", orders) { await bank.standing(of: $0) }
  }

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    await scripted("bank.void", orders) { await bank.void($0) }
  }

  private func scripted<Order, Reply: Sendable>(
    _ name: String, _ orders: [Order], _ call: ([Order]) async -> Answers<TrackingID, Reply>
  ) async -> Answers<TrackingID, Reply> {
    // A missing answer is unclear, like a lost one.
    let nothingHeard = Answers<TrackingID, Reply>()
    guard let number = script.begin(name) else { return nothingHeard }
    let replies = await call(orders)
    guard case .heard = script.end(number) else { return nothingHeard }
    return replies
  }
}
