import ClaimPipeline
import DurableExecution
import DurableSQL
import Synchronization

/// Numbers every call a run makes to its store and its bank, and makes some of them fail as planned.
final class FaultScript: Sendable {
  enum Fault: Hashable, Sendable, CaseIterable {
    /// The process dies, and the call was not made.
    case crashBefore
    /// The call was made, and the process dies.
    case crashAfter
    /// The call was made, and the process is told that it failed.
    case replyLost
  }

  struct Crash: Error {}

  private struct State {
    var calls: [String] = []
    var isDead = false
    var fired: Set<Int> = []
  }

  private let plan: [Int: Fault]
  private let state = Mutex(State())

  init(_ plan: [Int: Fault] = [:]) {
    self.plan = plan
  }

  /// The calls so far, in order; the first is number 1.
  var calls: [String] { state.withLock { $0.calls } }

  func hasFired(_ number: Int) -> Bool { state.withLock { $0.fired.contains(number) } }

  /// A new life of the process; the numbers go on.
  func revive() { state.withLock { $0.isDead = false } }

  /// - Returns: the call's number; nil when the process is dead, before the call or by it.
  func begin(_ name: String) -> Int? {
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

  enum Ending {
    case heard
    case replyLost
    case dead
  }

  func end(_ number: Int) -> Ending {
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

  /// Store calls are made one at a time, so the call that ends is the last that began.
  var probe: StoreProbe {
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
