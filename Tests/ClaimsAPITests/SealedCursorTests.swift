import ClaimStore
import ClaimsApp
import DurableSQLite
import TestSupport
import Testing

@testable import ClaimsAPI

@Suite("A sealed cursor says nothing about its place, and is none that somebody has made up")
struct SealedCursorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func cursors(_ name: String = "store.db") throws -> SealedCursors {
    SealedCursors(ClaimStore(try SQLiteStore(path: folder.file(name))))
  }

  @Test("is opened by any process on the store", arguments: ["123456789", "Émile Exemple", ""])
  func opened(place: String) async throws {
    let cursor = try #require(try await cursors().seal(place, of: .holds))
    #expect(place.isEmpty || !cursor.contains(place))
    #expect(cursor.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    #expect(try await cursors().open(cursor[...], of: .holds) == place)
    #expect(try await cursors().seal(place, of: .holds) != cursor, "two of one place differ")
    #expect(try await cursors().seal(nil, of: .holds) == nil)
    #expect(try await cursors().open(nil, of: .holds) == nil)
  }

  @Test("is refused for another list, on another store, and when it was changed")
  func refused() async throws {
    let cursor = try #require(try await cursors().seal("123456789", of: .holds))
    await #expect(throws: APIProblem.unreadableCursor) { try await cursors().open(cursor[...], of: .keys) }
    await #expect(throws: APIProblem.unreadableCursor) { try await cursors("other.db").open(cursor[...], of: .holds) }
    for changed in [String(cursor.dropLast()), cursor + "A", "A" + cursor.dropFirst(2), "", "x", "123456789"] {
      await #expect(throws: APIProblem.unreadableCursor) { try await cursors().open(changed[...], of: .holds) }
    }
  }
}
