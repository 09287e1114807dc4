import BankProtocol
import Synchronization

/// Decides which faults occur in each request, and counts them.
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

  /// How often each rule has fired, in the plan's order.
  package var counts: [FaultCount] {
    let fired = state.withLock(\.fired)
    return zip(plan.rules, fired).map { FaultCount(fault: $0.description, fired: $1) }
  }

  /// The rules that have never fired. A test or demo that ends with any such rule has not shown what it claims to show.
  package var neverFired: [FaultRule] {
    let fired = state.withLock(\.fired)
    return zip(plan.rules, fired).filter { $0.1 == 0 }.map(\.0)
  }

  /// Draws the faults of one request: any number of delays, and at most one fault that spoils the response.
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

/// A small seeded random number generator, so that a run with faults can be repeated (Steele, Lea, Flood 2014).
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

/// How often one fault of a plan has fired. A fault that never fired was not tested by the run.
package struct FaultCount: Hashable, Sendable, Codable {
  /// The fault as it is written in the plan.
  package let fault: String
  package let fired: Int
}
