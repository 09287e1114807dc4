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
