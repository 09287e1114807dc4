/// The faults that a bank simulates.
///
/// A plan is written as a comma-separated list: `FAULT:OPERATION[:SHARE][:count=N]`, and `seed=N` to repeat a run.
///
///     lose-reply:commit:1.0
///     seed=42,delay=200ms:prepare:0.3,error503:commit:count=3,lose-reply:any:0.1
///
/// - A fault is `delay=200ms` (or `3s`), `error503` (any 5xx, before acting), `error503-after` (after acting), `drop`
///   (closes the connection without acting), `lose-reply` (acts, then closes the connection), `hang`, `hang-after`, or
///   `other-reply` (acts, but sends the response to another request).
/// - An operation is `prepare`, `commit`, `standing`, `void`, or `any`.
/// - SHARE is the share of requests that the fault affects; all if it is omitted. `count=N` stops the fault after N
///   times.
///
/// Rules are tried in the order they are written. Delays add up; the first other fault that fires ends the search.
package struct FaultPlan: Hashable, Sendable {
  package static let none = FaultPlan(rules: [], seed: 0)

  package var rules: [FaultRule]
  /// The seed of the random numbers used for shares below 1.
  package var seed: UInt64

  package init(rules: [FaultRule], seed: UInt64) {
    self.rules = rules
    self.seed = seed
  }

  /// - Parameter defaultSeed: the seed if the text gives none; print it, or the run cannot be repeated.
  /// - Throws: `FaultPlanError` naming the part that cannot be read.
  package init(
    parsing text: String, defaultSeed: UInt64 = .random(in: 0...UInt64(UInt32.max))
  ) throws(FaultPlanError) {
    self.init(rules: [], seed: defaultSeed)
    for item in text.split(separator: ",") {
      if item.hasPrefix("seed=") {
        guard let seed = UInt64(item.dropFirst("seed=".count)) else { throw .badSeed(String(item)) }
        self.seed = seed
      } else {
        rules.append(try FaultRule(parsing: item))
      }
    }
  }
}

extension FaultPlan: CustomStringConvertible {
  /// The plan as text, with its seed: what a demo prints so that its run can be repeated.
  package var description: String {
    (["seed=\(seed)"] + rules.map(\.description)).joined(separator: ",")
  }
}

/// An error in a fault plan that a user entered.
package enum FaultPlanError: Error, Hashable, CustomStringConvertible {
  case noOperation(String)
  case unknownFault(String)
  case unknownOperation(String)
  case badFrequency(String)
  case badSeed(String)

  package var description: String {
    switch self {
    case .noOperation(let text): "fault '\(text)' names no operation; write it like lose-reply:commit:0.5"
    case .unknownFault(let text):
      """
      '\(text)' is not a fault; use delay=200ms, error503, error503-after, drop, lose-reply, hang, hang-after or other-reply
      """
    case .unknownOperation(let text): "'\(text)' is not an operation; use prepare, commit, standing, void or any"
    case .badFrequency(let text): "'\(text)' is not how often; write a share from 0 to 1, or count=3"
    case .badSeed(let text): "'\(text)' is not a seed; write a whole number, like seed=42"
    }
  }
}
