public import DurableExecution
import Synchronization

/// Numbers every call of a run, and makes selected calls fail.
///
/// A script counts the calls that a store makes to its database. Use `call` to count calls to another system too. After
/// a crash the process is dead: every later call fails, until `revive` begins a new process.
public final class FaultScript: Sendable {
  /// What happens to a call.
  public enum Fault: Hashable, Sendable, CaseIterable {
    /// The process dies before the call is made.
    case crashBefore
    /// The call is made, but the process dies before it returns.
    case crashAfter
    /// The call is made, but its caller receives an error.
    case replyLost
  }

  /// The error of a call in a dead process.
  public struct Crash: Error {
    package init() {}
  }

  private struct State {
    var calls: [String] = []
    var isDead = false
    var fired: Set<Int> = []
  }

  private let plan: [Int: Fault]
  private let state = Mutex(State())

  /// - Parameter plan: the fault of each call that is to fail. The first call is number 1.
  public init(_ plan: [Int: Fault] = [:]) {
    self.plan = plan
  }

  /// The names of the calls so far, in order.
  public var calls: [String] { state.withLock { $0.calls } }

  /// Whether the fault of a call has occurred.
  public func hasFired(_ number: Int) -> Bool { state.withLock { $0.fired.contains(number) } }

  /// Begins a new process. The numbering of calls continues.
  public func revive() { state.withLock { $0.isDead = false } }

  /// Makes a call to another system, counted as one of the script's calls.
  ///
  /// - Parameters:
  ///   - name: the call's name in `calls`.
  ///   - body: the call.
  /// - Returns: the result of the call.
  /// - Throws: any error from the call; `Crash` if the process is dead or the reply is lost.
  public func call<Value>(_ name: String, _ body: () async throws -> Value) async throws -> Value {
    guard let number = begin(name) else { throw Crash() }
    let value = try await body()
    guard case .heard = end(number) else { throw Crash() }
    return value
  }

  /// - Returns: the call's number; nil if the process is already dead or dies before this call.
  package func begin(_ name: String) -> Int? {
    state.withLock { state in
      guard !state.isDead else { return nil }
      state.calls.append(name)
      let number = state.calls.count
      guard plan[number] == .crashBefore else { return number }
      state.fired.insert(number)
      state.isDead = true
      return nil
    }
  }

  package enum Ending {
    case heard
    case replyLost
    case dead
  }

  package func end(_ number: Int) -> Ending {
    state.withLock { state in
      guard !state.isDead else { return .dead }
      switch plan[number] {
      case .crashAfter:
        state.fired.insert(number)
        state.isDead = true
        return .dead
      case .replyLost:
        state.fired.insert(number)
        return .replyLost
      case .crashBefore, nil:
        return .heard
      }
    }
  }

  /// Makes store calls fail according to the script. They are made one at a time, so the call that ends is the last one
  /// that began.
  package var probe: StoreProbe {
    StoreProbe(
      before: { call in
        guard self.begin("\(call)") != nil else { throw Crash() }
      },
      after: { call in
        switch self.end(self.calls.count) {
        case .heard: break
        case .dead: throw Crash()
        case .replyLost: throw StoreFailure.unreachable("the reply of \(call) was lost")
        }
      })
  }
}

extension DurableLocation {
  /// Returns the same store with calls that fail according to a script.
  public func with(_ script: FaultScript) -> DurableLocation {
    var location = self
    location.settings.probe = script.probe
    return location
  }
}
