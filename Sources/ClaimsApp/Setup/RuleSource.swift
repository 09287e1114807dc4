import ClaimFormats
package import ClaimsDomain
import Fixtures
import Foundation

/// Plans, fees and members as they are read at the start of a run.
package struct RuleSource: Sendable {
  package let ruleset: Ruleset
  package let members: [Member]
  /// What senders of claims have to pass.
  package let partners: PartnerProfiles

  /// - Parameter folder: nil for the samples in the binary.
  /// - Throws: `SetupError.badInput` naming file, line and reason.
  package init(folder: String?, ruleset name: String?) throws(SetupError) {
    let source = try Self.read(folder)
    do {
      ruleset = try source.rules.ruleset(id: name.map { RulesetID($0) })
      members = try source.members(of: ruleset)
      partners = try PartnerFile.profiles(of: source.partnerFiles)
    } catch {
      throw .badInput(Self.text(of: error, in: folder))
    }
  }

  /// With the path from here, so that an editor or a terminal can open the place.
  static func text(of error: PlanFileError, in folder: String?) -> String {
    folder.map { "\($0.hasSuffix("/") ? $0 : "\($0)/")\(error)" } ?? "\(error)"
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
      memberFiles: SampleFiles.members.map(SourceFile.init))
  }
}
