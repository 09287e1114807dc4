import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

/// Files of other projects, which are not ours to publish: looked for where PAIDONCE_CORPUS says, else beside the package.
enum Corpus {
  static var folder: URL? {
    let named = ProcessInfo.processInfo.environment["PAIDONCE_CORPUS"].map { URL(filePath: $0) }
    let folder = (named ?? Fixture.packageRoot.appending(path: "../shared/corpus")).appending(path: "x12/837")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  static func files() throws -> [URL] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}

@Suite("The corpus of other people's 837 files")
struct CorpusTests {
  @Test("every CLM is accounted for", .enabled(if: Corpus.folder != nil, "no corpus: set PAIDONCE_CORPUS"))
  func accounted() throws {
    var reasons: [String: Int] = [:]
    var claims = 0
    for file in try Corpus.files() {
      let bytes = Array(try Data(contentsOf: file))
      let reading = try Reading(bytes)
      #expect(reading.accounted == ClaimSegmentCount.count(in: bytes), "\(file.lastPathComponent)")
      #expect(try Reading(bytes, longestRead: 61) == reading, "\(file.lastPathComponent)")
      claims += reading.claims.count
      for rejection in reading.rejections { reasons[rejection.reason, default: 0] += 1 }
    }
    print("corpus: \(claims) claims read; rejected:")
    for (reason, count) in reasons.sorted(by: { $0.value > $1.value }) { print("  \(count)  \(reason)") }
    #expect(claims > 1_000)
  }
}
