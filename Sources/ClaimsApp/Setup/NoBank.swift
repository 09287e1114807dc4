import ClaimsDomain
import BankProtocol
import ClaimPipeline
import DurableExecution

/// For trials, in which nothing is paid: whoever asks it all the same is told that nothing is known.
struct NoBank: PaymentBank {
  private static let failure = ActivityFailure(.noBank, "this is a trial, and nothing is paid")

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    orders.replies { _ in .unclear(Self.failure) }
  }

  func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    orders.replies { _ in .unclear(Self.failure) }
  }

  func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    orders.replies { _ in .unknown(Self.failure) }
  }

  func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    orders.replies { _ in .unclear(Self.failure) }
  }
}
