package import Foundation

/// The folder `tables` in a folder of rules, with one file per edition. A file is written once and never changed.
package struct TableFolder: Sendable {
  private let folder: URL

  /// - Parameter rules: The folder that contains the plans.
  package init(in rules: URL) {
    folder = rules.appending(path: "tables")
  }

  package enum Keeping: Hashable, Sendable {
    case added
    /// An edition with this name and content already exists.
    case known
  }

  /// All editions, in order of name, each with the content that was originally stored. Empty when there is no folder.
  ///
  /// - Throws: `PlanFileError` for the first edition that cannot be read or was changed.
  package func editions() throws(PlanFileError) -> [TableEdition] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try names.filter { $0.hasSuffix(TableEdition.fileEnding) }.sorted().map { name throws(PlanFileError) in
      try read(name)
    }
  }

  /// - Throws: `PlanFileError` if the name exists with other content, or the file cannot be written.
  package func keep(_ edition: TableEdition) throws(PlanFileError) -> Keeping {
    let name = edition.name + TableEdition.fileEnding
    let place = folder.appending(path: name)
    if FileManager.default.fileExists(atPath: place.path) { return try compare(edition, with: read(name)) }
    let draft = folder.appending(path: ".\(name).\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: draft) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try edition.file.write(to: draft)
      // Linking fails if the name exists, so when two imports race, one of them finds the other's edition.
      try FileManager.default.linkItem(at: draft, to: place)
    } catch {
      if FileManager.default.fileExists(atPath: place.path) { return try compare(edition, with: read(name)) }
      throw PlanFileError(
        file: "tables/\(name)", reason: "the file cannot be written",
        advice: "check the disk and the folder's permissions")
    }
    return .added
  }

  private func compare(_ edition: TableEdition, with kept: TableEdition) throws(PlanFileError) -> Keeping {
    guard kept.seal == edition.seal else {
      throw PlanFileError(
        file: edition.source,
        reason: "there is another \(edition.name), from \(kept.source), and an edition never changes",
        advice: "if this one replaces it from some day on, give that day with --from")
    }
    return .known
  }

  private func read(_ name: String) throws(PlanFileError) -> TableEdition {
    let place = folder.appending(path: name)
    guard RegularFile.isAt(place.path), let data = try? Data(contentsOf: place, options: .mappedIfSafe) else {
      throw PlanFileError(file: "tables/\(name)", reason: "the file cannot be read")
    }
    let edition = try TableEdition(reading: data, file: "tables/\(name)")
    guard edition.name + TableEdition.fileEnding == name else {
      throw PlanFileError(
        file: "tables/\(name)", reason: "the file holds \(edition.name)", advice: "call it by that name again")
    }
    return edition
  }
}
