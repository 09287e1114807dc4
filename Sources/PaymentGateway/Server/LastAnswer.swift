import Synchronization

/// The last answer the bank gave, for a connection that is to be out of step.
final class LastAnswer: Sendable {
  private let last: Mutex<(answer: BankResponse, requestID: String?)?> = Mutex(nil)

  /// Keeps an answer and gives the one before it.
  func swap(_ answer: BankResponse, to requestID: String?) -> (answer: BankResponse, requestID: String?)? {
    last.withLock { last in
      defer { last = (answer, requestID) }
      return last
    }
  }
}
