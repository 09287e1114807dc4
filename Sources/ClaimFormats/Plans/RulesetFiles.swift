package import ClaimsDomain
import Crypto

/// The files that make up a ruleset.
package struct RulesetFiles: Sendable {
  package let plans: [SourceFile]
  package let feeSchedules: [SourceFile]
  package let networks: [SourceFile]
  package let tables: [TableEdition]

  package init(
    plans: [SourceFile], feeSchedules: [SourceFile], networks: [SourceFile] = [], tables: [TableEdition] = []
  ) {
    self.plans = plans.sorted { $0.name < $1.name }
    self.feeSchedules = feeSchedules.sorted { $0.name < $1.name }
    self.networks = networks.sorted { $0.name < $1.name }
    self.tables = tables.sorted { $0.name < $1.name }
  }

  /// Reads and checks all files.
  ///
  /// - Parameter id: The ruleset name that decisions record. Without it, the name is made from the digest, so that
  ///   changed files never keep an old name.
  /// - Throws: `PlanFileError` for the first error found.
  package func ruleset(id: RulesetID? = nil) throws(PlanFileError) -> Ruleset {
    guard !plans.isEmpty else { throw PlanFileError(file: "plans", reason: "there is no plan file (*.yaml)") }
    var schedules: [String: FeeSchedule] = [:]
    for file in feeSchedules {
      let schedule = try FeeScheduleFile(file).schedule()
      guard schedules.updateValue(schedule, forKey: schedule.name) == nil else {
        throw PlanFileError(file: file.name, reason: "there are two fee schedules \"\(schedule.name)\"")
      }
    }
    let networks = try providerNetworks()
    let tables = try ReferenceTables(reading: tables)
    var read: [PlanID: BenefitPlan] = [:]
    for file in plans {
      let plan = try PlanFile(file, feeSchedules: schedules.keys, networks: networks.keys, tables: tables).plan()
      guard read.updateValue(plan, forKey: plan.id) == nil else {
        throw PlanFileError(file: file.name, reason: "another file has a plan \"\(plan.id)\" too")
      }
    }
    let digest = digest
    return Ruleset(
      id: id ?? RulesetID("rules-\(digest.prefix(12))"), digest: digest, plans: read, feeSchedules: schedules,
      networks: networks, tables: tables)
  }

  private func providerNetworks() throws(PlanFileError) -> [String: ProviderNetwork] {
    var read: [String: ProviderNetwork] = [:]
    for file in networks {
      let network = try ProviderNetworkFile(file).network()
      guard read.updateValue(network, forKey: network.name) == nil else {
        throw PlanFileError(file: file.name, reason: "there are two provider networks \"\(network.name)\"")
      }
    }
    return read
  }

  /// SHA-256 over the content of every file, plans first, in order of name. The length of each file precedes it, so
  /// that content cannot move between files undetected. Folder names are not included: the same files are the same
  /// rules in any folder. A table is represented by its own digest.
  private var digest: String {
    var hash = SHA256()
    for file in plans + feeSchedules + networks {
      hash.update(data: Array("\(file.stem):\(file.bytes.count):".utf8))
      hash.update(data: file.bytes)
    }
    for edition in tables { hash.update(data: Array("table:\(edition.seal.utf8.count):\(edition.seal)".utf8)) }
    return hash.finalize().hex
  }
}
