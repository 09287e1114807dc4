import Fixtures

/// The sample claims of `Fixtures/claims/demo.837`, and damage to them.
enum SampleClaims {
  static let text = String(decoding: SampleFiles.claims, as: UTF8.self)

  struct NothingToReplace: Error {
    let text: String
  }

  /// The file with parts replaced.
  ///
  /// - Throws: `NothingToReplace`, so that no test runs on a file that was not damaged.
  static func replacing(_ pairs: (String, String)...) throws -> String {
    try pairs.reduce(text) { text, pair in
      guard text.contains(pair.0) else { throw NothingToReplace(text: pair.0) }
      return text.replacing(pair.0, with: pair.1)
    }
  }
}
