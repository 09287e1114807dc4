import BankProtocol
import Synchronization

/// Decides, request by request, what goes wrong, and counts it.
package final class FaultInjector: Sendable {
  package let plan: FaultPlan
  private let state: Mutex<State>

  private struct State {
    var random: SplitMix64
    var fired: [Int]
  }

  package init(_ plan: FaultPlan) {
    self.plan = plan
    state = Mutex(State(random: SplitMix64(seed: plan.seed), fired: plan.rules.map { _ in 0 }))
  }

  /// How often each rule has struck, in the plan's order.
  package var counts: [FaultCount] {
    let fired = state.withLock(\.fired)
    return zip(plan.rules, fired).map { FaultCount(fault: $0.description, fired: $1) }
  }

  /// The rules that have not struck once: a test or a demo that ends with any has not shown what it claims to.
  package var neverFired: [FaultRule] {
    let fired = state.withLock(\.fired)
    return zip(plan.rules, fired).filter { $0.1 == 0 }.map(\.0)
  }

  /// Draws what goes wrong with one request: any number of delays, and at most one fault that spoils the answer.
  func strike(_ operation: BankOperation) -> [FaultKind] {
    guard !plan.rules.isEmpty else { return [] }
    return state.withLock { state in
      var kinds: [FaultKind] = []
      for (index, rule) in plan.rules.enumerated() where rule.concerns(operation) {
        if let limit = rule.limit, state.fired[index] >= limit { continue }
        guard Double.random(in: 0..<1, using: &state.random) < rule.rate else { continue }
        state.fired[index] += 1
        kinds.append(rule.kind)
        if !rule.kind.isHarmless { break }
      }
      return kinds
    }
  }
}

/// A small random number generator with a seed, so that a run with faults can be seen again (Steele, Lea, Flood 2014).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// How often one fault of a plan has struck. One that never did was not tested by whatever ran.
package struct FaultCount: Hashable, Sendable, Codable {
  /// As it is written in the plan.
  package let fault: String
  package let fired: Int
}
