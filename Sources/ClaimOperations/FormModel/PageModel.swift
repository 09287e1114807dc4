package import DurableExecution

/// A language model that reads the picture of a page, at an endpoint outside of this program.
///
/// It is one more reader beside the engine. What it reads decides nothing, and each question costs money.
package protocol PageModel: Sendable {
  /// The model, as its endpoint calls it.
  var name: String { get }

  /// Asks whether the endpoint answers at all. Nothing of a page is sent.
  ///
  /// - Returns: why it does not; nil if it does.
  func unreachable() async -> ActivityFailure?

  /// Asks one question, once.
  ///
  /// - Returns: the endpoint's whole answer as it came; `unclear` when it may have been given, and paid for, and was lost.
  func ask(_ question: PageQuestion) async -> RemoteReply<[UInt8]>
}

/// What a model is asked about one page.
package struct PageQuestion: Sendable {
  /// For endpoints that know repeated requests: the digest of the effect key.
  package let idempotencyKey: String
  package let prompt: String
  /// The page as a PNG.
  package let picture: [UInt8]

  package init(idempotencyKey: String, prompt: String, picture: [UInt8]) {
    (self.idempotencyKey, self.prompt, self.picture) = (idempotencyKey, prompt, picture)
  }
}

/// Why a model has not read a page.
package enum PageModelFailure: String, CaseIterable, Sendable {
  case unreachable = "page-model-unreachable"
  case refused = "page-model-refused"
  /// The endpoint may have answered, and cannot be asked what it did.
  case lost = "page-model-answer-lost"

  /// - Parameter what: one line for people, without anything of the page.
  package func failure(_ what: String) -> ActivityFailure {
    self == .unreachable ? .retryable(rawValue, what) : .terminal(rawValue, what)
  }
}
