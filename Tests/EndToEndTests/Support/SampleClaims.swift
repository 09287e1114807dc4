import Fixtures

/// The sample claims in `Fixtures/claims/demo.837`, and damaged copies of them.
enum SampleClaims {
  static let text = String(decoding: SampleFiles.claims, as: UTF8.self)

  struct NothingToReplace: Error {
    let text: String
  }

  /// Returns the file with the first occurrence of each part replaced.
  ///
  /// - Throws: `NothingToReplace`, so that no test runs on an undamaged file.
  static func replacing(_ pairs: (String, String)...) throws -> String {
    try pairs.reduce(text) { text, pair in
      guard text.contains(pair.0) else { throw NothingToReplace(text: pair.0) }
      return text.replacing(pair.0, with: pair.1, maxReplacements: 1)
    }
  }
}
