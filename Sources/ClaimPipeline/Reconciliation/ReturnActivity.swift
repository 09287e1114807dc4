import ClaimStore
import BankProtocol
import ClaimsDomain
import DurableExecution

/// Takes back a transfer that was found at the bank. No payment here made it, so only its tracking id is known.
struct ReturnActivity<Transaction: ClaimTransaction>: RemoteActivity {
  typealias Key = ReturnKey
  typealias Receipt = VoidReceipt
  var agent = PaymentActivity<Transaction>.agentVersion
  let eventType = "transfer-returned"
  let bank: any PaymentBank

  struct Request: Encodable, Sendable {
    let transfer: BankTransfer

    func encode(to encoder: any Encoder) throws { try transfer.encode(to: encoder) }
  }

  func key(for request: Request) -> ReturnKey { ReturnKey(trackingID: request.transfer.trackingID) }

  func stream(for request: Request, key: KeyText) -> String { request.transfer.trackingID.text }

  func facts(of response: ReturnResponse) -> [String: String] {
    ["transfer_id": response.transferID, "amount": response.amount.description]
  }

  /// The found transfer is the intent's row; there is nothing to add.
  func intend(_ calls: [OwnedCall<Request>], in transaction: Transaction) {}

  /// Taking back has no first half.
  func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    calls.replies { .done($0.trackingID) }
  }

  func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<VoidReceipt>> {
    let replies = await bank.void(
      calls.map { call in
        VoidOrder(
          idempotencyKey: call.idempotencyKey.text, trackingID: call.request.transfer.trackingID, epoch: call.epoch,
          reason: "not due")
      })
    return calls.replies { replies[$0.request.transfer.trackingID] }
  }

  /// The bank answers a void it has done with the same receipt again, so to ask is to send it once more.
  func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<VoidReceipt>> {
    calls.replies { _ in .prepared }
  }

  func complete(
    _ done: [(call: OwnedCall<Request>, receipt: VoidReceipt)], in transaction: Transaction
  ) -> Answers<KeyText, Result<ReturnResponse, ActivityFailure>> {
    Answers(done, id: \.call.effectKey) { done in
      let transfer = done.call.request.transfer
      return .success(ReturnResponse(transferID: transfer.id, amount: transfer.amount, receipt: done.receipt))
    }
  }

  /// The money stays out, and the transfer stays open.
  func refused(_ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction) {}
}
