package import ClaimsDomain
package import Foundation

/// A folder with plans (`*.yaml`), fee schedules, provider networks, member files and words for services (`*.csv`,
/// distinguished by their header). They may be directly in it, or in the folders `plans`, `fees`, `networks`, `members` and
/// `services`. Imported published tables are in `tables`, and profiles of trading partners (`*.yaml`) in `partners`. A payer's
/// file that lies there is none of the rules.
package struct PlanFolder: Sendable {
  package let rules: RulesetFiles
  package let memberFiles: [SourceFile]
  /// The profiles of trading partners, which are not part of the rules or their digest.
  package let partnerFiles: [SourceFile]
  /// What services are called in letters, which is not part of the rules or their digest.
  package let serviceFiles: [SourceFile]

  /// Creates a plan folder from files that come from elsewhere.
  package init(
    rules: RulesetFiles, memberFiles: [SourceFile], partnerFiles: [SourceFile] = [], serviceFiles: [SourceFile] = []
  ) {
    self.rules = rules
    self.memberFiles = memberFiles
    self.partnerFiles = partnerFiles
    self.serviceFiles = serviceFiles
  }

  /// - Throws: `PlanFileError` if the folder or a file in it cannot be read.
  package init(reading folder: URL) throws(PlanFileError) {
    var plans: [SourceFile] = []
    var fees: [SourceFile] = []
    var members: [SourceFile] = []
    var networks: [SourceFile] = []
    var partners: [SourceFile] = []
    var services: [SourceFile] = []
    for name in try Self.fileNames(in: folder) {
      let file = try Self.read(name, in: folder)
      if name.hasPrefix("partners/") {
        partners.append(file)
      } else if !name.isFile(of: ["csv"]) {
        if !file.isOfPayer { plans.append(file) }
      } else {
        switch CSVKind(of: file) {
        case .members: members.append(file)
        case .networks: networks.append(file)
        case .fees: fees.append(file)
        case .services: services.append(file)
        }
      }
    }
    rules = RulesetFiles(
      plans: plans, feeSchedules: fees, networks: networks, tables: try TableFolder(in: folder).editions())
    memberFiles = members
    partnerFiles = partners
    serviceFiles = services
  }

  /// What services are called, by all files.
  ///
  /// - Throws: `PlanFileError` for the invalid rows, or for a code with two descriptions.
  package func serviceWords() throws(PlanFileError) -> ServiceWords {
    let faults = FaultList()
    var words = ServiceWords()
    for file in serviceFiles {
      faults.attempt { () throws(PlanFileError) in try ServiceWordsFile(file).read(into: &words) }
    }
    return try faults.result(words)
  }

  /// The members in all files, each enrolled in plans that the ruleset contains.
  ///
  /// - Parameter plans: the plans that members may be enrolled in; nil when they could not be read, and whether they are
  ///   there is then not checked.
  /// - Throws: `PlanFileError` for the invalid rows, or for a member in two files.
  package func members(enrolledIn plans: (some Sequence<PlanID>)?) throws(PlanFileError) -> [Member] {
    let faults = FaultList()
    let plans = plans.map { Array($0) }
    var members: [Member] = []
    var files: [MemberID: String] = [:]
    for file in memberFiles {
      let more =
        faults.attempt { () throws(PlanFileError) in try MemberFile(file, plans: plans).members() } ?? []
      let others = Dictionary(grouping: more.compactMap { files[$0.id] }, by: \.self).mapValues(\.count)
      for (other, count) in others.sorted(by: { $0.key < $1.key }) {
        faults.note(
          PlanFileError(
            file: file.name, reason: "members of this file that \(other) has too: \(count)",
            advice: "keep each in one file"))
      }
      for member in more { files[member.id] = file.name }
      members += more
    }
    return try faults.result(members)
  }

  /// The folders that a folder of rules may sort its files into.
  package static let folders = ["plans", "fees", "networks", "members", "partners", "services"]

  /// Whether a folder has plans.
  package static func isAt(_ path: String) -> Bool {
    [path, "\(path)/plans"].contains { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.contains { $0.isFile(of: yaml) && !isPayer(at: "\(folder)/\($0)") }
    }
  }

  /// Whether the file at a path is about a payer.
  package static func isPayer(at path: String) -> Bool {
    guard path.isFile(of: yaml), let bytes = try? RegularFile.read(path, limit: sizeLimit) else { return false }
    return SourceFile(name: path, bytes: bytes).isOfPayer
  }

  /// What a file of the folder is, in a word or two.
  package func kind(of name: String) -> String {
    let kinds: [(files: [SourceFile], kind: String)] = [
      (memberFiles, "members"), (rules.feeSchedules, "fee schedule"), (rules.networks, "provider network"),
      (partnerFiles, "partner profile"), (serviceFiles, "words for services"),
    ]
    return kinds.first { $0.files.contains { $0.name == name } }?.kind ?? "plan"
  }

  private static func fileNames(in folder: URL) throws(PlanFileError) -> [String] {
    guard let top = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      throw PlanFileError(file: folder.lastPathComponent, reason: "there is no folder to read here")
    }
    let below = Self.folders.flatMap { name in
      let inner = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
      return (inner ?? []).map { "\(name)/\($0)" }
    }
    return (top + below).sorted().filter(isRead)
  }

  /// Whether a file of a folder of rules is read, by its extension.
  package static func isRead(_ name: String) -> Bool { name.isFile(of: yaml + ["csv"]) }

  private static let yaml = ["yaml", "yml"]

  /// The maximum size in bytes: a million members of about 100 bytes each, and as much again.
  private static let sizeLimit = 1 << 28

  private static func read(_ name: String, in folder: URL) throws(PlanFileError) -> SourceFile {
    do {
      return SourceFile(name: name, bytes: try RegularFile.read(folder.appending(path: name).path, limit: sizeLimit))
    } catch {
      throw PlanFileError(file: name, reason: "the file cannot be read: \(error)")
    }
  }
}

extension String {
  /// Whether a file has one of the extensions, in small letters or capitals.
  fileprivate func isFile(of extensions: [String]) -> Bool {
    guard let dot = lastIndex(of: ".") else { return false }
    return extensions.contains(self[index(after: dot)...].lowercased())
  }
}
