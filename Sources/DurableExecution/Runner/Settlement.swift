/// One intent on its way to a settled result: what to do next, and what the other system said so far. Pure.
struct Settlement<A: RemoteActivity> {
  let intent: OwnedIntent<A>
  var call: RemoteCall<A.Request>
  private(set) var next: Step
  private(set) var result: RemoteReply<A.Receipt>?
  /// Why the last try was unclear.
  private var doubt: ActivityFailure?

  enum Step {
    case ask
    case prepare
    case commit
  }

  init(_ intent: OwnedIntent<A>) {
    self.intent = intent
    call = RemoteCall(
      request: intent.call.request, idempotencyKey: intent.call.effectKey, trackingID: intent.call.record.trackingID,
      epoch: intent.call.record.epoch)
    next = intent.isTakeover ? .ask : .prepare
  }

  /// Takes in an answer to `standing`; nil where the other system gave none, or two.
  mutating func heard(_ standing: RemoteStanding<A.Receipt>?) {
    switch standing ?? .unknown(.noSingleAnswer) {
    case .neverHeardOf: next = .prepare
    case .prepared: next = .commit
    case .done(let receipt): result = .done(receipt)
    case .refused(let failure): result = .refused(failure)
    // What only a person can clear up is not asked again.
    case .unknown(let failure) where failure.isTerminal: result = .unclear(failure)
    case .unknown(let failure): doubt = failure
    case .fenced: result = .fenced
    }
  }

  mutating func heard(prepared reply: RemoteReply<TrackingID>?) {
    switch reply ?? .unclear(.noSingleAnswer) {
    case .done(let trackingID):
      call.trackingID = trackingID
      next = .commit
    case .refused(let failure): result = .refused(failure)
    case .unclear(let failure): doubted(failure)
    case .fenced: result = .fenced
    }
  }

  mutating func heard(committed reply: RemoteReply<A.Receipt>?) {
    let reply = reply ?? .unclear(.noSingleAnswer)
    switch reply {
    case .done, .refused, .fenced: result = reply
    case .unclear(let failure): doubted(failure)
    }
  }

  /// Gives up for now: the outcome stays unknown and the key pending.
  mutating func leaveOpen(_ failure: ActivityFailure? = nil) {
    result = .unclear(failure ?? doubt ?? .unknownOutcome)
  }

  private mutating func doubted(_ failure: ActivityFailure) {
    doubt = failure
    next = .ask
  }
}

extension ActivityFailure {
  /// A batch came back with no reply for a call, or with more than one. What the other system did is not known.
  static let noSingleAnswer = retryable("no-answer", "the other system did not give exactly one answer to this call")
}
