import ClaimFormats
import ClaimOperations
import Foundation
import Testing

@Suite("How far a run has come is what its claims took of the file, not what was read ahead")
struct ClaimFeedTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  @Test(
    "in every format",
    arguments: ["claims/demo.837", "claims/claims.ndjson", "claims/claims.json", "fhir/claims.ndjson"])
  func position(of name: String) async throws {
    let bytes = Array(try Data(contentsOf: Self.fixtures.appending(path: name)))
    let feed = ClaimFeed([
      ClaimSource(name: "first", bytes: bytes), ClaimSource(name: "second", bytes: bytes),
    ])
    var positions: [Int64] = []
    while let batch = try await feed.next(upTo: 1) { positions += batch.map(\.position) }
    let size = Int64(bytes.count)
    #expect(feed.size == 2 * size && positions.count >= 4)
    #expect(positions == positions.sorted() && Set(positions).count == positions.count)
    #expect(positions[0] < size && positions[positions.count / 2 - 1] <= size)
    let last = try #require(positions.last)
    #expect(last > 2 * size - size / 2 && last <= 2 * size)
  }
}
