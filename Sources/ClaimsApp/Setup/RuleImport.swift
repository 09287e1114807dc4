package import ClaimFormats
package import ClaimOperations
import ClaimsDomain
import Foundation

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
