import Foundation
import Testing

/// A folder that lives as long as one test case.
struct TemporaryFolder: SuiteTrait, TestTrait, TestScoping {
  @TaskLocal static var current: URL?

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "verify-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    try await Self.$current.withValue(url) { try await function() }
  }
}

extension Trait where Self == TemporaryFolder {
  static var temporaryFolder: Self { TemporaryFolder() }
}
