package import BankProtocol
package import DurableExecution

/// A bank that passes on to another bank what it does not do itself.
package protocol ForwardingBank: PaymentBank {
  var bank: any PaymentBank { get }
}

extension ForwardingBank {
  package func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    await bank.prepare(orders)
  }

  package func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    await bank.commit(orders)
  }

  package func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    await bank.standing(of: orders)
  }

  package func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    await bank.void(orders)
  }
}
