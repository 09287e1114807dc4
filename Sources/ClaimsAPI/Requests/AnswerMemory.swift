import DurableExecution
import Synchronization

/// The answers that this process has given or read before, so that a repeat is answered without asking the store.
///
/// The answer of a completed key never changes, so what is remembered cannot be wrong. It holds what the store keeps, and
/// nothing that a caller is shown only once. The oldest answers make room for new ones.
final class AnswerMemory: Sendable {
  private struct Remembered {
    let fingerprint: Fingerprint
    let answer: APIAnswer
  }

  private struct State {
    var answers: [KeyText: Remembered] = [:]
    /// The keys in the order in which they came.
    var order: [KeyText] = []
    var oldest = 0
    var bytes = 0
  }

  private let state = Mutex(State())
  private let capacity: Int

  /// - Parameter capacity: the most bytes of answers.
  init(capacity: Int = 32 * 1024 * 1024) { self.capacity = capacity }

  /// Returns what a request was answered before; nil for one that is not remembered, or that has another's key.
  func answer(to asked: KeyRequest) -> APIAnswer? {
    state.withLock { state in
      guard let remembered = state.answers[asked.key], remembered.fingerprint == asked.fingerprint else { return nil }
      return remembered.answer
    }
  }

  /// - Parameter stored: the answer as the store has it.
  func remember(_ stored: StoredResponse, to asked: KeyRequest) {
    guard stored.bytes.count <= capacity / 16 else { return }
    state.withLock { state in
      guard state.answers[asked.key] == nil else { return }
      state.answers[asked.key] = Remembered(fingerprint: asked.fingerprint, answer: APIAnswer(stored))
      state.order.append(asked.key)
      state.bytes += Self.size(of: stored.bytes.count)
      while state.bytes > capacity { Self.forgetOldest(&state) }
    }
  }

  private static func forgetOldest(_ state: inout State) {
    let key = state.order[state.oldest]
    state.oldest += 1
    if let forgotten = state.answers.removeValue(forKey: key) { state.bytes -= size(of: forgotten.answer.bytes.count) }
    guard state.oldest > 1_000, state.oldest > state.order.count / 2 else { return }
    state.order.removeFirst(state.oldest)
    state.oldest = 0
  }

  /// What an answer takes up, with its key and its places in the tables.
  private static func size(of bytes: Int) -> Int { bytes + 512 }

  /// The number of answers that are remembered.
  var count: Int { state.withLock { $0.answers.count } }
}
