import BankProtocol
import BankSimulator
import ClaimPipeline
import DurableExecution
import Testing

/// Shorthand for the expected parts of a reply.
extension RemoteReply {
  var value: Value? {
    if case .done(let value) = self { value } else { nil }
  }

  /// The code of a permanent refusal.
  var refusal: String? {
    if case .refused(let failure) = self, failure.isTerminal { failure.code } else { nil }
  }

  var unclear: String? {
    if case .unclear(let failure) = self, !failure.isTerminal { failure.code } else { nil }
  }

  var isFenced: Bool {
    if case .fenced = self { true } else { false }
  }
}

/// The only reply to a batch of one.
func only<ID, Reply>(
  _ replies: Answers<ID, Reply>, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Reply {
  #expect(replies.ids.count == 1, sourceLocation: sourceLocation)
  return try #require(replies.ids.first.flatMap { replies[$0] }, sourceLocation: sourceLocation)
}

extension Answers where ID == TrackingID {
  /// The reply to each order, in the order of `orders`; nil for an order without exactly one reply.
  func to(_ orders: [PaymentOrder]) -> [Answer?] { orders.map { self[$0.trackingID] } }
}

/// The only element of a batch of one.
func only<Element>(_ batch: [Element], sourceLocation: SourceLocation = #_sourceLocation) throws -> Element {
  #expect(batch.count == 1, sourceLocation: sourceLocation)
  return try #require(batch.first, sourceLocation: sourceLocation)
}

/// The bank's only answer to a batch of one.
func only<Request>(
  _ answered: [BankAnswered<Request>], sourceLocation: SourceLocation = #_sourceLocation
) throws -> BankResponse {
  #expect(answered.count == 1, sourceLocation: sourceLocation)
  return try #require(answered.first, sourceLocation: sourceLocation).response
}
