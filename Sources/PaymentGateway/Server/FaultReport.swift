/// The answer of `GET /faults`.
package struct FaultReport: Hashable, Sendable, Codable {
  /// Of the plan; with it the same run can be seen again.
  package let seed: UInt64
  package let faults: [FaultCount]

  init(_ injector: FaultInjector) {
    seed = injector.plan.seed
    faults = injector.counts
  }
}
