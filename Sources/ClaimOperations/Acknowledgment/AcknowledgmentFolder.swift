import ClaimFormats
package import ClaimStore
package import ClaimsDomain
import Foundation

/// Answers the senders of claim files into a folder: `NAME.999` and `NAME.277ca` for each X12 file, and `NAME.ta1` where an
/// interchange cannot be read.
package struct AcknowledgmentFolder: Sendable {
  private let folder: URL
  private let acknowledgment: FileAcknowledgment

  /// - Parameters:
  ///   - partners: the profiles that the claims were read with.
  ///   - waitsForAll: whether a file gets no answer until all of its claims have reached intake.
  package init(
    _ folder: OutputFolder, store: ClaimStore, partners: PartnerProfiles, waitsForAll: Bool = false
  ) {
    self.folder = folder.url
    acknowledgment = FileAcknowledgment(store, partners: partners, waitsForAll: waitsForAll)
  }

  /// - Returns: what the answers say about the file, or would say if it waits; nil for a file that is not X12.
  /// - Throws: `SetupError.unavailable` when an answer cannot be written; `StoreFailure`, `InputError`.
  package func answer(_ source: ClaimSource) async throws -> AcknowledgedInput? {
    guard source.path != nil else { return nil }
    var files = AnswerFiles(folder, of: source)
    do {
      return try await acknowledgment.answer(try source.open(), to: &files)
    } catch let error as CocoaError {
      throw SetupError.unavailable("--ack \(folder.path): cannot be written: \(error.localizedDescription)")
    } catch let error as X12WriteError {
      throw SetupError.unavailable("--ack: the answer to \(source.name) cannot be written: \(error)")
    }
  }
}

/// The files with the answers to one claim file. Each appears complete or not at all.
private struct AnswerFiles: AcknowledgmentOutput {
  private let folder: URL
  private let name: String
  private var open: [AcknowledgmentAnswer: LastingFile] = [:]

  init(_ folder: URL, of source: ClaimSource) {
    self.folder = folder
    name = source.answerName ?? ""
  }

  mutating func write(_ bytes: [UInt8], to answer: AcknowledgmentAnswer) throws {
    guard !bytes.isEmpty else { return }
    let file = try open[answer] ?? LastingFile(path: folder.appending(path: "\(name).\(answer.rawValue)").path)
    open[answer] = file
    try file.write(bytes)
  }

  mutating func finish(_ answer: AcknowledgmentAnswer) throws { try open.removeValue(forKey: answer)?.finish() }
}
