package import Foundation
package import Testing

/// Provides a folder that lives as long as one test case, even if files in it are still open.
package struct TemporaryFolderTrait: SuiteTrait, TestTrait, TestScoping {
  @TaskLocal package static var current: URL?

  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    try await Self.$current.withValue(URL(filePath: folder.path)) { try await function() }
    withExtendedLifetime(folder) {}
  }
}

extension Trait where Self == TemporaryFolderTrait {
  package static var temporaryFolder: Self { TemporaryFolderTrait() }
}
