/// An effect that another system performs. It has three phases: the intent commits; the other system acts, outside any
/// transaction; the result commits, if this worker still owns the key.
///
/// Every call carries the record's tracking id, epoch and key. Replies to a batch are matched to its calls by key; a
/// call without exactly one reply is `unclear`.
package protocol RemoteActivity<Transaction>: Activity {
  associatedtype Transaction: DurableTransaction
  /// The other system's confirmation that it acted.
  associatedtype Receipt: Sendable

  /// Writes the rows that must exist before anything is sent. They let the database itself refuse a second effect.
  func intend(_ calls: [OwnedCall<Request>], in transaction: Transaction) throws

  /// Announces the effect without performing it. The answer gives the tracking id to continue with.
  func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>>
  /// Performs the effect.
  func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<Receipt>>
  /// Asks what happened. This is always the first step after a takeover or an unclear reply.
  func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<Receipt>>

  /// Writes the consequences of receipts and returns the responses to store. A terminal failure here means that the
  /// effect happened at the other system but cannot be recorded here, and must be undone. Any other failure leaves the key
  /// pending, so the response is asked for again.
  func complete(
    _ done: [(call: OwnedCall<Request>, receipt: Receipt)], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<Key.Response, ActivityFailure>>

  /// Writes the consequences of definitive refusals.
  func refused(_ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction) throws
}

/// A call to another system.
package struct RemoteCall<Request: Sendable>: Sendable {
  package let request: Request
  /// Sent as `Idempotency-Key`. It also identifies the call in its batch.
  package let idempotencyKey: KeyText
  package var trackingID: TrackingID
  package let epoch: Epoch

  package init(request: Request, idempotencyKey: KeyText, trackingID: TrackingID, epoch: Epoch) {
    self.request = request
    self.idempotencyKey = idempotencyKey
    self.trackingID = trackingID
    self.epoch = epoch
  }
}

extension Sequence {
  /// Pairs the reply of each call that has one with the call's key.
  package func replies<Request, Reply: Sendable>(
    _ reply: (Element) throws -> Reply?
  ) rethrows -> Answers<KeyText, Reply> where Element == RemoteCall<Request> {
    try Answers(self, id: { $0.idempotencyKey }, reply)
  }
}

/// Another system's reply to a request to act.
package enum RemoteReply<Value: Sendable>: Sendable {
  /// It acted, or it had acted before and repeated its answer.
  case done(Value)
  /// It refused permanently, and nothing happened there.
  case refused(ActivityFailure)
  /// Its answer did not arrive or made no sense, so it may or may not have acted. Never treat this as a failure, and
  /// never resend without asking first.
  case unclear(ActivityFailure)
  /// It has seen a newer epoch for this tracking id: another worker owns the work now.
  case fenced
}

extension RemoteReply: Equatable where Value: Equatable {}

/// Another system's account of what happened to a tracking id.
package enum RemoteStanding<Value: Sendable>: Sendable {
  /// It has never heard of the id, so sending is safe. Asking under our epoch also shuts out older owners.
  case neverHeardOf
  /// Prepared but not committed: nothing has moved.
  case prepared
  /// Done. The value is the answer that it gave or would have given.
  case done(Value)
  /// Refused permanently.
  case refused(ActivityFailure)
  /// It could not be asked, so the outcome stays unknown.
  case unknown(ActivityFailure)
  /// It has seen a newer epoch for this tracking id.
  case fenced
}

extension RemoteStanding: Equatable where Value: Equatable {}
