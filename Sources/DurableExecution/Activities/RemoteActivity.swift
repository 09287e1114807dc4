/// An effect that another system has. Three moments: the intent commits; the other system is told, outside any
/// transaction; the result commits, if we are still the owner.
///
/// Every call carries the record's tracking id, epoch and key. Replies to a batch are paired with its calls by the calls'
/// keys; a call without exactly one reply is `unclear`.
package protocol RemoteActivity<Transaction>: Activity {
  associatedtype Transaction: DurableTransaction
  /// The other system's word that it acted.
  associatedtype Receipt: Sendable

  /// Rows that must stand before anything is sent: they let the database itself refuse a second effect.
  func intend(_ calls: [OwnedCall<Request>], in transaction: Transaction) throws

  /// Announces; nothing happens yet. The answer names the tracking id to go on with.
  func prepare(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<TrackingID>>
  /// Makes it happen.
  func commit(_ calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteReply<Receipt>>
  /// Asks what happened. Always the first thing after a takeover or an unclear reply.
  func standing(of calls: [RemoteCall<Request>]) async -> Answers<KeyText, RemoteStanding<Receipt>>

  /// Writes what follows from receipts and says what to store. A terminal failure here says that the effect stands
  /// elsewhere but not with us, and must be undone.
  func complete(
    _ done: [(call: OwnedCall<Request>, receipt: Receipt)], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<Key.Response, ActivityFailure>>

  /// Writes what follows from definitive refusals.
  func refused(_ calls: [(call: OwnedCall<Request>, failure: ActivityFailure)], in transaction: Transaction) throws
}

/// What another system is told.
package struct RemoteCall<Request: Sendable>: Sendable {
  package let request: Request
  /// Sent as `Idempotency-Key`. It also names the call in its batch.
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
  /// A reply for each call that has one, under the call's key.
  package func replies<Request, Reply: Sendable>(
    _ reply: (Element) throws -> Reply?
  ) rethrows -> Answers<KeyText, Reply> where Element == RemoteCall<Request> {
    try Answers(self, id: \.idempotencyKey, reply)
  }
}

/// What came back from another system when it was told to act.
package enum RemoteReply<Value: Sendable>: Sendable {
  /// It did so (or had done so before, and said the same again).
  case done(Value)
  /// It refused for good, and nothing happened there.
  case refused(ActivityFailure)
  /// Its answer did not arrive or made no sense: it may or may not have acted. Never "failed", never re-sent blind.
  case unclear(ActivityFailure)
  /// It has heard a newer epoch for this tracking id: somebody else owns the work now.
  case fenced
}

extension RemoteReply: Equatable where Value: Equatable {}

/// What another system says happened to a tracking id.
package enum RemoteStanding<Value: Sendable>: Sendable {
  /// It never heard of it; sending is safe. By asking under our epoch we have also shut the door on older owners.
  case neverHeardOf
  /// Prepared, not committed: nothing has moved.
  case prepared
  /// Done; this is what it answered, or would have.
  case done(Value)
  /// Refused for good.
  case refused(ActivityFailure)
  /// It could not be asked: the outcome stays unknown.
  case unknown(ActivityFailure)
  /// It has heard a newer epoch for this tracking id.
  case fenced
}

extension RemoteStanding: Equatable where Value: Equatable {}
