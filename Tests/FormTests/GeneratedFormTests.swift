import ClaimFormats
import ClaimsDomain
import FormTrials
import Foundation
import TestSupport
import Testing

/// The long run over 500 forms is `make forms`.
@Suite(
  "Drawn forms are read as they were drawn", .temporaryFolder,
  .enabled(if: GeneratedForms.areThere, "nothing draws forms: it needs python3 with venv, and the network once"))
struct GeneratedFormTests {
  @Test("every box of every form is right, however the form lies, and each claim is that of its 837")
  func clean() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    for file in try await GeneratedForms.drawn(["--seed", "77", "--count", "8", "--look", "mixed"], into: folder) {
      try await Self.hold(file)
    }
  }

  @Test("several claims in one file are read each by itself")
  func together() async throws {
    let folder = try #require(TemporaryFolderTrait.current)
    for file in try await GeneratedForms.drawn(["--seed", "78", "--count", "5", "--together"], into: folder) {
      try await Self.hold(file)
    }
  }

  @Test("the forms among the fixtures are read as their truth says")
  func fixtures() async throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/forms")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "pdf" }
    #expect(!files.isEmpty)
    for file in files { try await Self.hold(file) }
  }

  private static func hold(_ file: URL) async throws {
    let name = file.lastPathComponent
    let readings = try FormReader().readings(of: try await PDFWords.pages(of: file))
    let truth = try FormTruth(beside: file)
    let claims = try ClaimDifference.electronic(beside: file)
    try #require(readings.count == truth.forms.count && claims.count == readings.count, "\(name)")
    for (index, reading) in readings.enumerated() {
      let form = truth.forms[index]
      #expect(reading.pages == form.pages && reading.kind.rawValue == form.kind, "\(name)")
      #expect(reading.doubts.isEmpty, "\(name)")
      let values = reading.fields.reduce(into: [String: String]()) { $0[$1.field] = $1.value }
      #expect(values == form.fields, "\(name)")
      guard case .claim(let claim, _) = reading.item(digest: "d", at: SourceLocation(.record, 1)) else {
        Issue.record("\(name) is no claim")
        continue
      }
      #expect(try ClaimDifference.between(claim, claims[index]).isEmpty, "\(name)")
    }
  }
}
