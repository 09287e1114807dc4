import DurableExecution

/// Takes a piece from the stock: the local activity in the runner's tests. Its rows are the events of the store.
struct Reservation: LocalActivity {
  struct Key: EffectKey {
    struct Response: Codable, Hashable, Sendable {
      var piece: String
    }

    static let effect = "reserve"
    static let retention = Retention.workflow
    let order: String
    var segments: [String] { [order] }
  }

  struct Request: Codable, Sendable {
    var order: String
    var article = "book"
  }

  let agent = AgentVersion("StockAgent", "1.0.0")
  let eventType = "piece-reserved"
  /// Returns the result for a request; nil leaves its call without an answer.
  var stock: @Sendable (Request) -> Result<Key.Response, ActivityFailure>? = {
    .success(Key.Response(piece: "\($0.article) of \($0.order)"))
  }

  func key(for request: Request) -> Key { Key(order: request.order) }
  func stream(for request: Request, key: KeyText) -> String { "order-\(request.order)" }
  func facts(of response: Key.Response) -> [String: String] { ["piece": response.piece] }

  func perform(
    _ calls: [OwnedCall<Request>], in transaction: MemoryTransaction
  ) -> Answers<KeyText, Result<Key.Response, ActivityFailure>> {
    Answers(calls, id: \.effectKey) { stock($0.request) }
  }
}

extension ActivityOutcome {
  /// The outcome in a word or two.
  var word: String {
    switch self {
    case .completed(let done): done.isReplay ? "replayed" : "done"
    case .failed(let failure, let isReplay): isReplay ? "replayed \(failure.code)" : failure.code
    case .inProgress: "in progress"
    case .mismatch: "mismatch"
    }
  }
}
