import ClaimFormats
package import ClaimOperations
package import ClaimsDomain
import Foundation

extension FileCheck {
  /// Checks a folder of rules: plans, fees, networks, members, partners and tables, each beside the others.
  ///
  /// - Throws: any error from `tell`.
  package mutating func checkRules(in folder: String) throws -> CheckedFile {
    begin(folder)
    let prefix = folder.hasSuffix("/") ? folder : "\(folder)/"
    do {
      let found = try PlanFolder(reading: URL(fileURLWithPath: folder))
      let members = try check(found) { FileFinding($0, in: prefix) }
      conclude(
        "rules", CheckedFile.Count(noun: "plan", count: found.rules.plans.count, bad: 0),
        CheckedFile.Count(noun: "fee schedule", count: found.rules.feeSchedules.count, bad: 0),
        CheckedFile.Count(noun: "member", count: members, bad: 0))
    } catch let error as PlanFileError {
      for error in error.all { try note(FileFinding(error, in: prefix)) }
      conclude("rules")
    }
    return checked
  }

  /// The plans that the files of a folder are about, with errors or without; nil when that cannot be read.
  package static func plans(in folder: String) -> Set<PlanID>? {
    (try? PlanFolder(reading: URL(fileURLWithPath: folder)))?.rules.namedPlans
  }

  /// The other files of a folder of rules: a payer's, claims, and whatever else lies there.
  package func others(in folder: String) -> [ClaimSource] {
    let prefix = folder.hasSuffix("/") ? folder : "\(folder)/"
    return ((try? ClaimSource.sources([folder])) ?? []).filter { source in
      guard let path = source.path else { return false }
      let name = path.dropFirst(prefix.count)
      let parts = name.split(separator: "/")
      if parts.count > 1, parts[0] == "tables" { return false }
      let isInPlace = parts.count == 1 || parts.count == 2 && PlanFolder.folders.contains(String(parts[0]))
      return !isInPlace || !PlanFolder.isRead(String(name)) || PlanFolder.isPayer(at: path)
    }
  }

  /// Checks a file of a rules folder beside the others there, and a payer's file by itself.
  ///
  /// - Returns: false if the file is none of these.
  mutating func checkRuleFile(at path: String) throws -> Bool {
    let place = URL(fileURLWithPath: path)
    guard let bytes = try? RegularFile.read(path, limit: Self.sizeLimit) else { return false }
    let file = SourceFile(name: place.lastPathComponent, bytes: bytes)
    let isTable = place.pathExtension.lowercased() == "csv" && !CSVKind.isOfRules(file)
    if isTable, TableImport.recognizes(bytes, name: file.name) { return false }
    if file.isOfPayer {
      conclude("payer")
      let name = name
      try note(errorsOf: { () throws(PlanFileError) in _ = try PayerFile(file).issuer() }) {
        FileFinding($0.renamed(name), in: "")
      }
      return true
    }
    var folder = place.deletingLastPathComponent()
    var name = file.name
    if PlanFolder.folders.contains(folder.lastPathComponent) {
      name = "\(folder.lastPathComponent)/\(name)"
      folder = folder.deletingLastPathComponent()
    }
    let path = self.name
    let found = try PlanFolder(reading: folder)
    conclude(found.kind(of: name))
    _ = try check(found) { error in
      error.file == name ? FileFinding(error.renamed(path), in: "") : nil
    }
    return true
  }

  /// Checks a published table, plain or zipped.
  ///
  /// - Returns: false if the bytes are no table.
  mutating func checkTable(_ bytes: any ClaimBytes, _ source: ClaimSource) throws -> Bool {
    guard let path = source.path, let content = try? RegularFile.read(path, limit: Self.sizeLimit) else { return false }
    guard TableImport.recognizes(content, name: source.name) else { return false }
    do {
      let found = try TableImport().read(content, name: source.name)
      conclude(
        "published table", CheckedFile.Count(noun: "row", count: found.editions.reduce(0) { $0 + $1.rows }, bad: 0))
    } catch {
      conclude("published table")
      for error in error.all { try note(FileFinding(error, in: "")) }
    }
    return true
  }

  private static let sizeLimit = 1 << 28

  /// - Returns: the number of members that were read.
  private mutating func check(_ folder: PlanFolder, _ finding: (PlanFileError) -> FileFinding?) throws -> Int {
    var ruleset: Ruleset?
    var members = 0
    // A folder of members alone needs no plans.
    let isOfMembers = folder.rules.plans.isEmpty && !folder.memberFiles.isEmpty
    try note(
      errorsOf: { () throws(PlanFileError) in ruleset = try folder.rules.ruleset() },
      { isOfMembers && $0 == RulesetFiles.noPlan ? nil : finding($0) })
    // Members may be enrolled in plans that have errors.
    let plans = isOfMembers ? memberPlans : ruleset.map { Set($0.plans.keys) } ?? folder.rules.namedPlans
    try note(
      errorsOf: { () throws(PlanFileError) in members = try folder.members(enrolledIn: plans).count }, finding)
    try note(
      errorsOf: { () throws(PlanFileError) in _ = try PartnerFile.profiles(of: folder.partnerFiles) }, finding)
    try note(errorsOf: { () throws(PlanFileError) in _ = try folder.serviceWords() }, finding)
    return members
  }

  private mutating func note(
    errorsOf read: () throws(PlanFileError) -> Void, _ finding: (PlanFileError) -> FileFinding?
  ) throws {
    do throws(PlanFileError) {
      try read()
    } catch {
      for error in error.all { if let finding = finding(error) { try note(finding) } }
    }
  }
}
