package import BankProtocol
package import ClaimPipeline
package import ClaimStore
import ClaimsDomain
package import DurableExecution

/// Takes back, on a person's instruction, a transfer that the bank paid for a claim here and that is not due.
package struct ReturnAgent: Sendable {
  private let store: ClaimStore
  private let books: any BankBooks
  private let runner: DurableRunner
  private let activity: ReturnActivity<ClaimTransaction>

  /// - Parameter books: the books of the bank.
  package init(_ store: ClaimStore, at bank: any PaymentBank, books: any BankBooks, runner: DurableRunner) {
    self.store = store
    self.books = books
    self.runner = runner
    activity = ReturnActivity(bank: bank)
  }

  private struct Begun: Sendable {
    let transfer: BankTransfer
    /// The payment that was refused because of it.
    let payment: KeyText?
    let intent: Intent<ReturnActivity<ClaimTransaction>>
  }

  /// Takes back one transfer. The payment of its claim, which was refused because of it, can then be tried again.
  ///
  /// The action and its sign-off commit before the bank is contacted. While the return is under way, no claim is closed
  /// with the transfer. Calling this again after a crash continues the return.
  ///
  /// - Parameters:
  ///   - id: the bank's number for the transfer.
  ///   - takesUnknown: whether the transfer may be for a claim that is not in this store.
  /// - Returns: the outcome of the return.
  /// - Throws: `ReturnRefusal` when the transfer must not be taken back, `StoreFailure`, and any error from the books.
  package func takeBack(
    _ id: String, evenIfUnknown takesUnknown: Bool = false, by signOff: SignOff
  ) async throws -> ActivityOutcome<ReturnResponse> {
    let begun = try await store.transaction { [runner, activity] transaction in
      let (transfer, payment) = try Self.returnable(id, evenIfUnknown: takesUnknown, in: transaction)
      let call = ActivityCall(ReturnActivity<ClaimTransaction>.Request(transfer: transfer), below: .root)
      let intent = try runner.intend(activity, call, in: transaction)
      if let owned = intent.owned {
        try transaction.write(act: "take-back", of: owned.call.effectKey, by: signOff, waiving: [])
      }
      return Begun(transfer: transfer, payment: payment, intent: intent)
    }
    let settled = await runner.settle(activity, [begun.intent.owned].compactMap(\.self), keepingLeasesIn: store)
    let back = try await books.transfers(references: [begun.transfer.reference])
      .filter { $0.trackingID == begun.transfer.trackingID && $0.amount.isNegative }
    return try await store.transaction { [runner, activity] transaction in
      let recorded = try runner.record(activity, settled, in: transaction)
      let outcome: ActivityOutcome<ReturnResponse>
      switch begun.intent {
      case .answered(let answer): outcome = answer
      case .owned(let intent):
        guard let answer = recorded[intent.call.effectKey] else {
          throw StoreFailure.corrupt("nothing came of the return of \(id)")
        }
        outcome = answer
      }
      guard case .completed = outcome else { return outcome }
      try transaction.keep(found: back)
      // If the transfer was made under the payment's own key, the amount due again belongs to another payment.
      if let key = begun.payment, TrackingID(of: key) != begun.transfer.trackingID,
        let record = try transaction.records(for: [key])[key], record.status == .failed
      {
        try transaction.release(record, by: signOff)
      }
      return outcome
    }
  }

  /// Returns a transfer that may be taken back. It stays locked until the transaction ends.
  private static func returnable(
    _ id: String, evenIfUnknown takesUnknown: Bool, in transaction: ClaimTransaction
  ) throws -> (transfer: BankTransfer, payment: KeyText?) {
    guard let transfer = try transaction.foundTransfer(named: id), !transfer.amount.isNegative else {
      throw ReturnRefusal.notFound
    }
    let claim = ClaimIntakeID(transfer.reference)
    let found = try transaction.lockFoundTransfers(for: [claim])
    let payments = try transaction.payments(of: [claim])
    // A return that was begun is carried through, whatever has happened to the transfer since.
    let key = ReturnKey(trackingID: transfer.trackingID).text
    if let begun = try transaction.records(for: [key])[key], begun.status == .pending {
      return (transfer, payments.last { $0.state == .refused }?.effectKey)
    }
    guard !found.contains(where: { $0.trackingID == transfer.trackingID && $0.amount.isNegative }) else {
      throw ReturnRefusal.cameBack
    }
    guard !payments.contains(where: { $0.trackingID == transfer.trackingID && $0.state != .refused }) else {
      throw ReturnRefusal.accountedFor
    }
    let row = try transaction.claims([claim])[claim]
    let returned = FoundPayment.returned(among: found)
    switch OpenTransfer.Meaning(of: transfer, for: row, payments, returned: returned) {
    case .claimNotHere:
      guard takesUnknown else { throw ReturnRefusal.claimNotHere }
      return (transfer, nil)
    case .claimUnderWay: throw ReturnRefusal.claimUnderWay
    case .refusedForIt, .paidAnew: throw ReturnRefusal.isDue
    case .cameBack, .returned: throw ReturnRefusal.cameBack
    case .differs(_, let key): return (transfer, key)
    case .notDue, .paidTwice: return (transfer, nil)
    }
  }
}

/// Why a transfer is not taken back.
package enum ReturnRefusal: Error, Hashable, CustomStringConvertible {
  case notFound, cameBack, accountedFor, claimNotHere, claimUnderWay, isDue

  package var description: String {
    switch self {
    case .notFound: "no such transfer was found at the bank; `claims reconcile` lists those that are open"
    case .cameBack: "its money has come back already"
    case .accountedFor: "it pays its claim here; to take a decided claim back, see `claims adjust`"
    case .claimNotHere:
      "its claim is not in this store: process the claim first, then its amount can be compared; --unknown-claim takes it "
        + "back all the same"
    case .claimUnderWay: "its claim is closed with it when it is processed again"
    case .isDue: "it is what is due; `claims reconcile` says how its claim is closed with it"
    }
  }
}

/// Takes back a transfer that was found at the bank. No payment here made it, so only its tracking ID is known.
struct ReturnActivity<Transaction: PayingRecords>: RemoteActivity {
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

  /// Does nothing: the found transfer already serves as the intent's row.
  func intend(_ calls: [OwnedCall<Request>], in transaction: Transaction) {}

  /// Does nothing at the bank: a return has no first half.
  func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>> {
    calls.replies { .done($0.trackingID) }
  }

  func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<VoidReceipt>> {
    let replies = await bank.void(
      calls.map { call in
        VoidOrder(
          idempotencyKey: call.idempotencyKey.text, trackingID: call.request.transfer.trackingID, epoch: call.epoch,
          reason: "not due", bringsBack: true)
      })
    return calls.replies { replies[$0.request.transfer.trackingID] }
  }

  /// Returns `.prepared` for every call. The bank answers a repeated void with the same receipt, so sending it again is
  /// how to ask about it.
  func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<VoidReceipt>> {
    calls.replies { _ in .prepared }
  }

  func complete(
    _ done: [(call: OwnedCall<Request>, receipt: VoidReceipt)], in transaction: Transaction
  ) -> Answers<KeyText, Result<ReturnResponse, ActivityFailure>> {
    Answers(done, id: \.call.effectKey) { done in
      let transfer = done.call.request.transfer
      return .success(ReturnResponse(transferID: transfer.id, amount: transfer.amount, receipt: done.receipt.unsigned))
    }
  }

  /// Does nothing: the money stays out, and the transfer stays open.
  func refused(_ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction) {}
}
