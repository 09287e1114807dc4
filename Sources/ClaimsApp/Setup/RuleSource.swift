package import ClaimFormats
package import ClaimOperations
package import ClaimsDomain
import Fixtures
import Foundation

/// Plans, fees, members, and words for services, read at the start of a run.
package struct RuleSource: Sendable {
  package let ruleset: Ruleset
  package let members: [Member]
  /// The checks that the senders' claims must pass.
  package let partners: PartnerProfiles
  /// What letters call services.
  package let services: ServiceWords

  /// - Parameter folder: the folder to read; nil for the samples in the binary.
  /// - Throws: `SetupError.badInput` naming the file, the line, and the reason of every error.
  package init(folder: String?, ruleset name: String?) throws(SetupError) {
    let source = try Self.read(folder)
    var errors: [PlanFileError] = []
    func attempt<Part>(_ read: () throws(PlanFileError) -> Part) -> Part? {
      do throws(PlanFileError) {
        return try read()
      } catch {
        errors += error.all
        return nil
      }
    }
    let ruleset = attempt { () throws(PlanFileError) in try source.rules.ruleset(id: name.map { RulesetID($0) }) }
    let plans = ruleset.map { Set($0.plans.keys) } ?? source.rules.namedPlans
    let members = attempt { () throws(PlanFileError) in try source.members(enrolledIn: plans) }
    let partners = attempt { () throws(PlanFileError) in try PartnerFile.profiles(of: source.partnerFiles) }
    let services = attempt { () throws(PlanFileError) in try source.serviceWords() }
    guard let ruleset, let members, let partners, let services else {
      throw .badInput(errors.map { Self.text(of: $0, in: folder) }.joined(separator: "\n"))
    }
    (self.ruleset, self.members, self.partners, self.services) = (ruleset, members, partners, services)
  }

  /// Returns a line for each error with a path relative to here, so that an editor or a terminal can open the location.
  static func text(of error: PlanFileError, in folder: String?) -> String {
    let prefix = folder.map { $0.hasSuffix("/") ? $0 : "\($0)/" } ?? ""
    return error.all.map { "\(prefix)\($0)" }.joined(separator: "\n")
  }

  static func read(_ folder: String?) throws(SetupError) -> PlanFolder {
    guard let folder else { return .samples }
    do {
      return try PlanFolder(reading: URL(fileURLWithPath: folder))
    } catch {
      throw InputError.hasRunOutOfDescriptors ? .outOfDescriptors : .badInput("--plans \(error)")
    }
  }
}

extension PlanFolder {
  fileprivate static var samples: PlanFolder {
    PlanFolder(
      rules: RulesetFiles(
        plans: SampleFiles.plans.map(SourceFile.init), feeSchedules: SampleFiles.feeSchedules.map(SourceFile.init)),
      memberFiles: SampleFiles.members.map(SourceFile.init), serviceFiles: SampleFiles.services.map(SourceFile.init))
  }
}

/// The contents of a folder of rules, for people. The list includes tables even when the folder has no plan yet.
package struct RuleList {
  package let lines: [String]

  /// - Parameter folder: the folder to list; nil for the samples in the binary.
  /// - Throws: `SetupError.badInput` naming the file, the line, and the reason.
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
