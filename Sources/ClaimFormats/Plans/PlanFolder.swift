package import ClaimsDomain
package import Foundation

/// A folder with plans (`*.yaml`), fee schedules, provider networks and member files (`*.csv`, distinguished by their
/// header). They may be directly in it, or in the folders `plans`, `fees`, `networks` and `members`. Imported published
/// tables are in `tables`, and profiles of trading partners (`*.yaml`) in `partners`.
package struct PlanFolder: Sendable {
  package let rules: RulesetFiles
  package let memberFiles: [SourceFile]
  /// The profiles of trading partners, which are not part of the rules or their digest.
  package let partnerFiles: [SourceFile]

  /// Creates a plan folder from files that come from elsewhere.
  package init(rules: RulesetFiles, memberFiles: [SourceFile], partnerFiles: [SourceFile] = []) {
    self.rules = rules
    self.memberFiles = memberFiles
    self.partnerFiles = partnerFiles
  }

  /// - Throws: `PlanFileError` if the folder or a file in it cannot be read.
  package init(reading folder: URL) throws(PlanFileError) {
    var plans: [SourceFile] = []
    var fees: [SourceFile] = []
    var members: [SourceFile] = []
    var networks: [SourceFile] = []
    var partners: [SourceFile] = []
    for name in try Self.fileNames(in: folder) {
      let file = try Self.read(name, in: folder)
      if name.hasPrefix("partners/") {
        partners.append(file)
      } else if !name.hasSuffix(".csv") {
        plans.append(file)
      } else if Self.hasColumn("member_id", file) {
        members.append(file)
      } else if Self.hasColumn("npi", file) {
        networks.append(file)
      } else {
        fees.append(file)
      }
    }
    rules = RulesetFiles(
      plans: plans, feeSchedules: fees, networks: networks, tables: try TableFolder(in: folder).editions())
    memberFiles = members
    partnerFiles = partners
  }

  /// The members in all files, each enrolled in plans that the ruleset contains.
  ///
  /// - Throws: `PlanFileError` for the first invalid row, or for a member in two files.
  package func members(of ruleset: Ruleset) throws(PlanFileError) -> [Member] {
    var members: [Member] = []
    var known: Set<MemberID> = []
    for file in memberFiles {
      let more = try MemberFile(file, plans: ruleset.plans.keys).members()
      guard known.isDisjoint(with: more.map(\.id)) else {
        throw PlanFileError(
          file: file.name, reason: "a member of this file is in another file too", advice: "keep each in one file")
      }
      known.formUnion(more.map(\.id))
      members += more
    }
    return members
  }

  private static func fileNames(in folder: URL) throws(PlanFileError) -> [String] {
    guard let top = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      throw PlanFileError(file: folder.lastPathComponent, reason: "there is no folder to read here")
    }
    let below = ["plans", "fees", "networks", "members", "partners"].flatMap { name in
      let inner = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
      return (inner ?? []).map { "\(name)/\($0)" }
    }
    return (top + below).sorted().filter { name in
      [".yaml", ".yml", ".csv"].contains { name.hasSuffix($0) }
    }
  }

  /// The maximum size in bytes: a million members of about 100 bytes each, and as much again.
  private static let sizeLimit = 1 << 28

  private static func read(_ name: String, in folder: URL) throws(PlanFileError) -> SourceFile {
    do {
      return SourceFile(name: name, bytes: try RegularFile.read(folder.appending(path: name).path, limit: sizeLimit))
    } catch {
      throw PlanFileError(file: name, reason: "the file cannot be read: \(error)")
    }
  }

  /// Only a member file has the column `member_id`, and only a provider network the column `npi`.
  private static func hasColumn(_ name: String, _ file: SourceFile) -> Bool {
    let header = file.bytes.prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: header, as: UTF8.self).contains(name)
  }
}
