import Synchronization
package import Testing

/// Marks a suite that needs PostgreSQL. Limits how many of its cases run at the same time to the server's connections;
/// the other cases wait their turn.
package struct PostgresTrait: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    await Self.turnstile.enter()
    defer { Self.turnstile.leave() }
    try await function()
  }

  /// A race of eight stores takes about thirty connections, and the server allows 300.
  private static let turnstile = Turnstile(places: 10)

  private final class Turnstile: Sendable {
    private struct State {
      var places: Int
      var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(places: Int) {
      state = Mutex(State(places: places))
    }

    func enter() async {
      await withCheckedContinuation { continuation in
        let isFree = state.withLock { state in
          guard state.places == 0 else {
            state.places -= 1
            return true
          }
          state.waiting.append(continuation)
          return false
        }
        if isFree { continuation.resume() }
      }
    }

    /// Gives the place to the case that has waited longest.
    func leave() {
      let next = state.withLock { state in
        guard !state.waiting.isEmpty else {
          state.places += 1
          return CheckedContinuation<Void, Never>?.none
        }
        return state.waiting.removeFirst()
      }
      next?.resume()
    }
  }
}

extension Trait where Self == PostgresTrait {
  package static var postgres: Self { PostgresTrait() }
}
