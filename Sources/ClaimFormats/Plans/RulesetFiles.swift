package import ClaimsDomain
import Crypto

/// The files that make up a ruleset.
package struct RulesetFiles: Sendable {
  package let plans: [SourceFile]
  package let feeSchedules: [SourceFile]
  package let networks: [SourceFile]
  package let tables: [TableEdition]

  /// The error of a ruleset without plans.
  package static let noPlan = PlanFileError(file: "plans", reason: "there is no plan file (*.yaml)")

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
  /// - Throws: `PlanFileError` for all errors found.
  package func ruleset(id: RulesetID? = nil) throws(PlanFileError) -> Ruleset {
    let faults = FaultList()
    if plans.isEmpty { faults.note(Self.noPlan) }
    let schedules = schedules(faults)
    let networks = providerNetworks(faults)
    let tables = try ReferenceTables(reading: tables)
    var read: [PlanID: BenefitPlan] = [:]
    var named: Set<PlanID> = []
    for file in plans {
      // A schedule that could not be read is still there for a plan to name.
      let plan = faults.attempt { () throws(PlanFileError) in
        try PlanFile(
          file, feeSchedules: feeSchedules.map(\.stem), networks: self.networks.map(\.stem), tables: tables
        ).plan()
      }
      if let plan { read[plan.id] = plan }
      if let id = plan?.id ?? PlanFile.id(in: file), !named.insert(id).inserted {
        faults.note(PlanFileError(file: file.name, reason: "another file has a plan \"\(id)\" too"))
      }
    }
    let digest = digest
    return try faults.result(
      Ruleset(
        id: id ?? RulesetID("rules-\(digest.prefix(12))"), digest: digest, plans: read, feeSchedules: schedules,
        networks: networks, tables: tables))
  }

  /// The plans that the files are about, with errors or without; nil when a file does not say which plan it is about.
  package var namedPlans: Set<PlanID>? {
    var named: Set<PlanID> = []
    for file in plans {
      guard let id = PlanFile.id(in: file) else { return nil }
      named.insert(id)
    }
    return named
  }

  private func schedules(_ faults: FaultList) -> [String: FeeSchedule] {
    var read: [String: FeeSchedule] = [:]
    for file in feeSchedules {
      let schedule = faults.attempt { () throws(PlanFileError) in try FeeScheduleFile(file).schedule() }
      if let schedule, read.updateValue(schedule, forKey: schedule.name) != nil {
        faults.note(PlanFileError(file: file.name, reason: "there are two fee schedules \"\(schedule.name)\""))
      }
    }
    return read
  }

  private func providerNetworks(_ faults: FaultList) -> [String: ProviderNetwork] {
    var read: [String: ProviderNetwork] = [:]
    for file in networks {
      let network = faults.attempt { () throws(PlanFileError) in try ProviderNetworkFile(file).network() }
      if let network, read.updateValue(network, forKey: network.name) != nil {
        faults.note(PlanFileError(file: file.name, reason: "there are two provider networks \"\(network.name)\""))
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
