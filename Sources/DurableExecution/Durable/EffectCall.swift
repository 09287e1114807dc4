/// One call of a remote effect, as sent to the other system.
public struct EffectCall<Request: Sendable>: Sendable {
  public let request: Request
  /// The key to send with the request, for instance as `Idempotency-Key`.
  public let key: String
  /// Identifies the work at the other system, so that the system can be asked later what happened.
  public let trackingID: String
  /// Grows with each process that takes over the work. A system that has seen a greater epoch refuses a smaller one.
  public let epoch: Int64
}

/// Another system's account of what happened to a call.
public enum EffectStanding<Response: Sendable>: Sendable {
  /// It has never heard of the call. The request is sent.
  case neverHeardOf
  /// It acted; the value is its answer.
  case done(Response)
  /// It refused permanently.
  case refused(EffectRefusal)
  /// It cannot tell. Nothing is sent, and the outcome stays unknown.
  case unknown
}

/// A definitive refusal, which is stored and replayed like a success. Throw it when the other system, or the local
/// work, refuses permanently.
public struct EffectRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// A short, stable identifier for programs: `out-of-stock`.
  public let code: String
  /// One line for people, without personal data.
  public let message: String

  /// - Parameters:
  ///   - code: a short, stable identifier for programs.
  ///   - message: one line for people, without personal data.
  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { "\(message) (\(code))" }
}

/// The reason that there is no response yet, or never will be under this key.
public enum EffectError: Error, Hashable, Sendable {
  /// Another process is working on the effect, or its outcome is not known yet. Call again later.
  case inProgress(key: String)
  /// The effect has happened, but its response cannot be written as JSON, so it is not on record. The outcome stays open
  /// until the other system gives a response that can be written.
  case responseNotStorable(key: String)
  /// The key was used for a different request, or for an effect of another kind. Nothing was changed.
  case otherRequest(key: String)
  /// A step that undoes another was refused; the other steps are undone. A flow stays unfinished, so that a person can
  /// look at it.
  case notUndone(EffectRefusal)
}
