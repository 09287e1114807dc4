import DurableExecution
import Testing

/// What a reply should be, so that a test can say it in a line.
extension RemoteReply {
  var value: Value? {
    if case .done(let value) = self { value } else { nil }
  }

  /// The code of a refusal for good.
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

/// The only element of a batch of one.
func only<Element>(_ batch: [Element], sourceLocation: SourceLocation = #_sourceLocation) throws -> Element {
  #expect(batch.count == 1, sourceLocation: sourceLocation)
  return try #require(batch.first, sourceLocation: sourceLocation)
}
