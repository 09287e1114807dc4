package import ClaimStore
import ClaimFormats
import ClaimPipeline
import ClaimsDomain
import Foundation

/// A folder of letters to members, one claim a letter, as a page to print and as text.
package struct EOBFolder<Store: ClaimStore>: Sendable {
  private let folder: URL
  private let letters: EOBLetters<Store>
  private let page: EOBPage
  private let text = EOBText()

  /// - Throws: what the letters' form is wrong in.
  package init(_ folder: OutputFolder, _ letters: EOBLetters<Store>) throws {
    self.folder = folder.url
    self.letters = letters
    page = try EOBPage()
  }

  /// Writes the letters of decided claims; other results have none.
  ///
  /// - Throws: `SetupError.unavailable` when one cannot be written; `StoreFailure`, `MoneyError`.
  package func write(_ results: [ClaimResult]) async throws {
    for (id, letter) in try await letters.letters(results) {
      try write(page.html(letter), to: "\(id).html")
      try write(text.text(letter), to: "\(id).txt")
    }
  }

  private func write(_ content: String, to name: String) throws(SetupError) {
    do {
      try Data(content.utf8).write(to: folder.appending(path: name), options: .atomic)
    } catch {
      throw .unavailable("--eob \(folder.path)/\(name): cannot be written; check the disk and your rights")
    }
  }
}
