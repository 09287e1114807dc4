/// One durable effect of an agent. The effect of a request happens once, no matter who asks for it or how often.
package protocol Activity<Key>: Sendable {
  associatedtype Key: EffectKey
  associatedtype Request: Encodable & Sendable

  /// The agent that acts. Each effect records it; a new version replays what an old version did.
  var agent: AgentVersion { get }
  /// The second part of the activity's keys: `pay` in `idemp:pay:…`.
  var effect: String { get }
  /// How long the activity's responses stay in the live table.
  var retention: Retention { get }
  /// The type of the event that records a success: `claim-adjudicated`.
  var eventType: String { get }

  /// Returns the key of the effect that the request asks for.
  func key(for request: Request) -> Key
  /// Returns the stream that the effect belongs to. The events of a stream fold to its state.
  func stream(for request: Request, key: KeyText) -> String
  /// Returns the facts of the event, without personal data.
  func facts(of response: Key.Response) -> [String: String]
  /// Returns whether the record of a key is one of this activity. Otherwise the key is in use for something else.
  func recognizes(_ record: KeyRecord) -> Bool
}

extension Activity {
  package var effect: String { Key.effect }
  package var retention: Retention { Key.retention }

  package func recognizes(_ record: KeyRecord) -> Bool { true }
}

/// One request, with its place in the lineage of a run.
package struct ActivityCall<Request: Sendable>: Sendable {
  package let request: Request
  package let lineage: Lineage
  /// The fingerprint on record; nil to compute it from the request.
  let fingerprint: Fingerprint?

  package init(_ request: Request, below lineage: Lineage = .root) {
    self.init(request, below: lineage, fingerprint: nil)
  }

  init(_ request: Request, below lineage: Lineage = .root, fingerprint: Fingerprint?) {
    self.request = request
    self.lineage = lineage
    self.fingerprint = fingerprint
  }
}

/// A request whose key this worker holds, with the record that the effect is written under.
package struct OwnedCall<Request: Sendable>: Sendable {
  package let request: Request
  package let record: KeyRecord

  /// The key to write with every row of the effect. It also identifies the call in its batch.
  package var effectKey: KeyText { record.key }
}

extension Sequence {
  /// Pairs each call's answer with the call's key.
  package func answers<Request, Answer: Sendable>(
    _ answer: (Element) throws -> Answer
  ) rethrows -> Answers<KeyText, Answer> where Element == OwnedCall<Request> {
    try Answers(self, id: { $0.effectKey }, answer)
  }
}

/// An effect that consists of rows in our own store. The key, the effect, the response and the event commit in one
/// transaction, so a crash leaves nothing behind.
package protocol LocalActivity<Transaction>: Activity {
  associatedtype Transaction: DurableTransaction

  /// Writes the rows of a batch. Make every decision before writing anything, so that a call that fails leaves no row.
  ///
  /// - Returns: for each call, under its key, the response or the reason for refusing it. Terminal refusals are stored
  ///   and replayed. A call without an answer voids the whole transaction.
  /// - Throws: an error that voids the whole transaction.
  func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<Key.Response, ActivityFailure>>
}

/// The outcome of asking for an effect.
package enum ActivityOutcome<Response: Sendable>: Sendable {
  /// The effect is done, now or by an earlier call.
  case completed(Completion<Response>)
  /// The effect was refused. Terminal refusals are stored; `isReplay` is true for a stored one.
  case failed(ActivityFailure, isReplay: Bool)
  /// Another worker holds the key until the given time. The caller decides whether to wait.
  case inProgress(until: Timestamp)
  /// The key is in use for a different request. This error changes nothing.
  case mismatch(KeyText)
}

package struct Completion<Response: Sendable>: Sendable {
  package let response: Response
  /// The bytes that every caller of this effect receives.
  package let stored: StoredResponse
  package let key: KeyText
  /// The lineage of the next step of the run.
  package let lineage: Lineage
  package let isReplay: Bool
}
