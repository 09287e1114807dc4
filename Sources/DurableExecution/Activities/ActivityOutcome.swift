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
