/// The faults a bank is told to have.
///
/// Written as a list with commas: `FAULT:OPERATION[:SHARE][:count=N]`, and `seed=N` to see the same run again.
///
///     lose-reply:commit:1.0
///     seed=42,delay=200ms:prepare:0.3,error503:commit:count=3,lose-reply:any:0.1
///
/// - A fault is `delay=200ms` (or `3s`), `error503` (any 5xx, before acting), `error503-after` (after acting), `drop`
///   (the connection closes, nothing was done), `lose-reply` (it closes, all was done), `hang`, `hang-after`, or `other-reply` (all was done, and the answer is to another request).
/// - An operation is `prepare`, `commit`, `standing`, `void` or `any`.
/// - SHARE is that of the requests it strikes; all, if it is left out. `count=N` stops it after N strikes.
///
/// Rules are tried in the order they are written. Delays add up; the first other fault that strikes ends the search.
package struct FaultPlan: Hashable, Sendable {
  package static let none = FaultPlan(rules: [], seed: 0)

  package var rules: [FaultRule]
  /// Of the random numbers that shares below 1 are drawn with.
  package var seed: UInt64

  package init(rules: [FaultRule], seed: UInt64) {
    self.rules = rules
    self.seed = seed
  }

  /// - Parameter defaultSeed: used where the text names none; print it, or the run cannot be seen again.
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
  /// The plan as text, with its seed: what a demo prints so that its run can be seen again.
  package var description: String {
    (["seed=\(seed)"] + rules.map(\.description)).joined(separator: ",")
  }
}
