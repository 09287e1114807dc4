package import Foundation

/// The folder `tables` of a folder with rules: an edition a file, written once and never again.
package struct TableFolder: Sendable {
  private let folder: URL

  /// - Parameter rules: The folder with plans.
  package init(in rules: URL) {
    folder = rules.appending(path: "tables")
  }

  package enum Keeping: Hashable, Sendable {
    case added
    /// The same content was there under the name.
    case known
  }

  /// All editions, in the order of their names, each with the content it was kept with. None where there is no folder.
  ///
  /// - Throws: `PlanFileError` for the first that cannot be read or was changed.
  package func editions() throws(PlanFileError) -> [TableEdition] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try names.filter { $0.hasSuffix(TableEdition.fileEnding) }.sorted().map { name throws(PlanFileError) in
      try read(name)
    }
  }

  /// - Throws: `PlanFileError` when another content has the name, or the disk cannot be written to.
  package func keep(_ edition: TableEdition) throws(PlanFileError) -> Keeping {
    let name = edition.name + TableEdition.fileEnding
    let place = folder.appending(path: name)
    if FileManager.default.fileExists(atPath: place.path) { return try compare(edition, with: read(name)) }
    let draft = folder.appending(path: ".\(name).\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: draft) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try edition.file.write(to: draft)
      // A link fails where the name is taken: of two imports that race, one finds the other's edition.
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
