package import Foundation

/// What the generator put onto the pages of a file.
package struct FormTruth: Decodable, Sendable {
  package struct Form: Decodable, Sendable {
    package let kind: String
    package let pages: [Int]
    /// What each box says, as a claim has it.
    package let fields: [String: String]
  }

  package let forms: [Form]

  /// - Parameter file: The file whose truth is beside it.
  package init(beside file: URL) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file.truth("json")))
  }
}

extension URL {
  /// The file of the same name with another ending.
  package func truth(_ ending: String) -> URL { deletingPathExtension().appendingPathExtension(ending) }
}
