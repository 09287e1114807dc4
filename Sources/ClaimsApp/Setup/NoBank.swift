import ClaimPipeline
import DurableExecution

/// For trials, in which nothing is paid: whoever asks it all the same is told that nothing is known.
struct NoBank: PaymentBank {
  private static let failure = ActivityFailure(.noBank, "this is a trial, and nothing is paid")

  func prepare(_ orders: [PaymentOrder]) async -> [RemoteReply<PreparedPayment>] {
    orders.map { _ in .unclear(Self.failure) }
  }

  func commit(_ orders: [PaymentOrder]) async -> [RemoteReply<BankReceipt>] {
    orders.map { _ in .unclear(Self.failure) }
  }

  func standing(of orders: [PaymentOrder]) async -> [RemoteStanding<BankReceipt>] {
    orders.map { _ in .unknown(Self.failure) }
  }

  func void(_ orders: [VoidOrder]) async -> [RemoteReply<VoidReceipt>] {
    orders.map { _ in .unclear(Self.failure) }
  }
}
