import ClaimFormats
import ClaimsDomain

/// What a folder with rules holds, for people: tables first, since they may be there before any plan is.
package struct RuleList {
  package let lines: [String]

  /// - Parameter folder: nil for the samples in the binary.
  /// - Throws: `SetupError.badInput` naming file, line and reason.
  package init(folder: String?) throws(SetupError) {
    let source = try RuleSource.read(folder)
    let tables = source.rules.tables.map { "table \($0.line)" }
    guard !source.rules.plans.isEmpty else {
      lines = tables + ["there is no plan yet (*.yaml), so no ruleset"]
      return
    }
    do {
      let ruleset = try source.rules.ruleset()
      let plans = ruleset.plans.values.sorted { $0.id < $1.id }.map {
        "plan \($0.id), \($0.name), version \($0.version)"
      }
      let schedules = ruleset.feeSchedules.keys.sorted().map { "fee schedule \($0)" }
      let networks = ruleset.networks.keys.sorted().map { "provider network \($0)" }
      lines = plans + schedules + networks + tables + ["ruleset \(ruleset.id)"]
    } catch {
      throw .badInput(RuleSource.text(of: error, in: folder))
    }
  }
}
