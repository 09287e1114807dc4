/// One durable effect of an agent. What it does for a request happens once, whoever asks and however often.
package protocol Activity<Key>: Sendable {
  associatedtype Key: EffectKey
  associatedtype Request: Encodable & Sendable

  /// Who acts. On record with each effect; a new version replays what an old one did.
  var agent: AgentVersion { get }
  /// The second part of its keys: `pay` in `idemp:pay:…`.
  var effect: String { get }
  /// How long its responses stay in the live table.
  var retention: Retention { get }
  /// The event that tells of a success: `claim-adjudicated`.
  var eventType: String { get }

  /// The effect the request asks for.
  func key(for request: Request) -> Key
  /// What the effect happens to: events of one stream fold to its state.
  func stream(for request: Request, key: KeyText) -> String
  /// The facts of the event, without personal data.
  func facts(of response: Key.Response) -> [String: String]
}

extension Activity {
  package var effect: String { Key.effect }
  package var retention: Retention { Key.retention }
}

/// One request, and where in a run it is made.
package struct ActivityCall<Request: Sendable>: Sendable {
  package let request: Request
  package let lineage: Lineage

  package init(_ request: Request, below lineage: Lineage = .root) {
    self.request = request
    self.lineage = lineage
  }
}

/// A request whose key we hold: what the effect is written under.
package struct OwnedCall<Request: Sendable>: Sendable {
  package let request: Request
  package let record: KeyRecord

  /// The key to write beside every row of the effect. It also names the call in its batch.
  package var effectKey: KeyText { record.key }
}

extension Sequence {
  /// An answer for each call, under its key.
  package func answers<Request, Answer: Sendable>(
    _ answer: (Element) throws -> Answer
  ) rethrows -> Answers<KeyText, Answer> where Element == OwnedCall<Request> {
    try Answers(self, id: \.effectKey, answer)
  }
}

/// An effect that is rows in our own store: acquire, effect, response and event commit in one transaction, and a crash
/// leaves nothing.
package protocol LocalActivity<Transaction>: Activity {
  associatedtype Transaction: DurableTransaction

  /// Writes the rows of a batch. Decide first and write last: a call that fails leaves no row.
  ///
  /// - Returns: for each call, under its key, the response or why it was refused. Terminal refusals are stored and
  ///   replayed. A call without an answer makes the whole transaction void.
  /// - Throws: what makes the whole transaction void.
  func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<Key.Response, ActivityFailure>>
}

/// What asking for an effect came to.
package enum ActivityOutcome<Response: Sendable>: Sendable {
  /// Done, now or before.
  case completed(Completion<Response>)
  /// Refused. Terminal refusals are stored; `isReplay` tells one that was.
  case failed(ActivityFailure, isReplay: Bool)
  /// Somebody holds the key until then: wait or give up, as the caller likes.
  case inProgress(until: Timestamp)
  /// The key is in use for another request. An error that changes nothing.
  case mismatch(KeyText)
}

package struct Completion<Response: Sendable>: Sendable {
  package let response: Response
  /// The bytes that everybody who asks for this effect gets.
  package let stored: StoredResponse
  package let key: KeyText
  /// Where the next step of the run stands.
  package let lineage: Lineage
  package let isReplay: Bool
}
