import Foundation
import Testing

@Suite("The page on PostgreSQL")
struct IndexPageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("says of every index of the schema which statements it serves, and names no other index")
  func indexes() throws {
    let rows = try Self.rows()
    let made = try Self.indexes()
    #expect(made.count > 50)
    #expect(rows.map(\.index) == made.sorted())
  }

  @Test("names statements that the program has")
  func statements() throws {
    let sources = try Self.files(in: "Sources", endingIn: ".swift").map { try String(contentsOf: $0, encoding: .utf8) }
    for row in try Self.rows() {
      for statement in row.serves.matches(of: /`([a-zA-Z]+\.[a-zA-Z-]+)`/).map({ String($0.1) }) {
        // The names of some statements end in what they are composed of.
        #expect(sources.contains { $0.contains("\"\(statement)") }, "\(row.index): \(statement)")
      }
    }
  }

  private static func rows() throws -> [(index: String, serves: String)] {
    let page = try String(contentsOf: root.appending(path: "docs/postgresql.md"), encoding: .utf8)
    let table = try #require(page.firstRange(of: "| index | what it serves |"))
    let lines = page[table.upperBound...].split(separator: "\n").dropFirst().prefix { $0.hasPrefix("|") }
    return try lines.map { line in
      let row = try #require(line.wholeMatch(of: /\| `(\w+)` \| (.+) \|/), "\(line)")
      return (String(row.1), String(row.2))
    }
  }

  /// The names of the indexes that the steps make and do not drop again.
  private static func indexes() throws -> Set<String> {
    var names: Set<String> = []
    for file in try files(in: "Migrations", endingIn: ".sql") where file.lastPathComponent.hasPrefix("postgres_") {
      let sql = try String(contentsOf: file, encoding: .utf8)
      names.formUnion(sql.matches(of: /CREATE (?:UNIQUE )?INDEX (\w+)/).map { String($0.1) })
      names.subtract(sql.matches(of: /DROP INDEX (\w+)/).map { String($0.1) })
    }
    return names
  }

  private static func files(in folder: String, endingIn ending: String) throws -> [URL] {
    let all = try #require(
      FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil))
    return all.compactMap { $0 as? URL }.filter { $0.path.hasSuffix(ending) }.sorted { $0.path < $1.path }
  }
}
