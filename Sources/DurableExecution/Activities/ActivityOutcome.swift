/// What asking for an effect came to.
public enum ActivityOutcome<Response: Sendable>: Sendable {
  /// Done, now or before.
  case completed(Completion<Response>)
  /// Refused. Terminal refusals are stored; `isReplay` tells one that was.
  case failed(ActivityFailure, isReplay: Bool)
  /// Somebody holds the key until then: wait or give up, as the caller likes.
  case inProgress(until: Timestamp)
  /// The key is in use for another request. An error that changes nothing.
  case mismatch(KeyText)
}

public struct Completion<Response: Sendable>: Sendable {
  public let response: Response
  /// The bytes that everybody who asks for this effect gets.
  public let stored: StoredResponse
  public let key: KeyText
  /// Where the next step of the run stands.
  public let lineage: Lineage
  public let isReplay: Bool
}
