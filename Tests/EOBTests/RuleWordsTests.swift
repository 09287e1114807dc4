import Foundation
import Testing

@testable import ClaimFormats
import ClaimsDomain

/// The codes are read from the rules' own sources, so that a new code without words is found.
@Suite("Every code that a rule uses has plain words")
struct RuleWordsTests {
  private static let sources: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/ClaimsDomain")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    return (files ?? []).filter { $0.pathExtension == "swift" }
      .compactMap { try? String(contentsOf: $0, encoding: .utf8) }.joined()
  }()

  private static let reasons = Set(
    sources.matches(of: /\.(?:contractual|patientResponsibility|other|payerInitiated), "([A-Z0-9]+)"/)
      .map { String($0.output.1) })

  @Test("every reason code has a meaning")
  func everyReason() {
    #expect(Self.reasons.count > 12)
    let without = Self.reasons.filter { ReasonMeaning.all[$0] == nil }
    #expect(without.isEmpty, "\(without.sorted())")
  }
}
