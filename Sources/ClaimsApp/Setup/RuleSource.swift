package import ClaimFormats
package import ClaimOperations
package import ClaimsDomain
import Fixtures
import Foundation

/// Plans, fees, and members, read at the start of a run.
package struct RuleSource: Sendable {
  package let ruleset: Ruleset
  package let members: [Member]
  /// The checks that the senders' claims must pass.
  package let partners: PartnerProfiles

  /// - Parameter folder: the folder to read; nil for the samples in the binary.
  /// - Throws: `SetupError.badInput` naming the file, the line, and the reason.
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

  /// Returns the error's text with a path relative to here, so that an editor or a terminal can open the location.
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

/// Imports published files into a folder of rules.
package struct RuleImport {
  private let reading: TableImport
  private let folder: TableFolder

  package init(_ reading: TableImport, _ folder: TableFolder) {
    self.reading = reading
    self.folder = folder
  }

  /// The size limit of a file in bytes. The largest published table is about 150 MB unpacked.
  private static let sizeLimit = 1 << 28

  package struct Kept {
    package let edition: TableEdition
    package let keeping: TableFolder.Keeping

    /// A line of text, such as `rvu.csv: mpfs-2025-01-01, physician fee schedule, relative values, 2025-01-01 to
    /// 2025-12-31, 18865 rows: added`.
    package var text: String {
      "\(edition.source): \(edition.line): \(keeping == .added ? "added" : "known already")"
    }
  }

  /// - Throws: `SetupError.badInput` naming the file and the reason.
  package func keep(_ path: String) throws(SetupError) -> [Kept] {
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.read(path, limit: Self.sizeLimit)
    } catch {
      let text = "\(path): the file cannot be read: \(error)"
      throw error.isShortage ? .unavailable(text) : .badInput(text)
    }
    do {
      let name = URL(fileURLWithPath: path).lastPathComponent
      // Everything is read before anything is kept, so a zip with one invalid file leaves none of its files.
      return try reading.read(bytes, name: name).editions.map { edition throws(PlanFileError) in
        Kept(edition: edition, keeping: try folder.keep(edition))
      }
    } catch {
      throw .badInput("\(error)")
    }
  }
}

extension TableEdition {
  /// A line of text, such as `mpfs-2025-01-01, physician fee schedule, relative values, 2025-01-01 to 2025-12-31, 18865
  /// rows`.
  package var line: String {
    let end = days.last == .openEnd ? "on" : "to \(days.last)"
    return "\(name), \(kind.title), \(days.first) \(end), \(rows) rows"
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
