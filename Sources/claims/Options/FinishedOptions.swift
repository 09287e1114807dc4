import ArgumentParser
import ClaimOperations
import ClaimsApp

/// Where files go once what they hold is on record.
struct FinishedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Move each file here once its claims are on record and nothing in it has to be corrected.", valueName: "DIR"),
    completion: .directory)
  var done: String?

  @Option(
    help: ArgumentHelp(
      "Move each file here of which the rest is on record, and something was rejected or cannot be read.",
      valueName: "DIR"), completion: .directory)
  var failed: String?

  var folders: [String] { [done, failed].compactMap(\.self) }

  /// Makes the folders, and takes note of the files as they are before they are read.
  ///
  /// - Throws: `SetupError` when files cannot be written there.
  func files(of sources: [ClaimSource]) throws(SetupError) -> FilesOfRun {
    let done = try done.map { path throws(SetupError) in try OutputFolder(path: path, option: "--done") }
    let failed = try failed.map { path throws(SetupError) in try OutputFolder(path: path, option: "--failed") }
    return FilesOfRun(FinishedFiles(sources, done: done, failed: failed))
  }
}

/// The files of a run, which are moved as they end.
struct FilesOfRun {
  private var files: FinishedFiles
  private var ended: [String] = []
  /// The status to exit with since a file cannot be moved; nil when all could be.
  private(set) var status: ExitStatus?

  init(_ files: FinishedFiles) { self.files = files }

  mutating func note(_ results: [ClaimResult]) {
    for result in results {
      files.note(result)
      if result.endsSource { end(result.source) }
    }
  }

  /// Takes note that all of a file is on record.
  mutating func end(_ source: String) { ended.append(source) }

  /// Moves the files that have ended.
  mutating func move() {
    for source in ended {
      do {
        try files.finish(source)
      } catch {
        Terminal.complain("\(error)")
        status = .unavailable
      }
    }
    ended = []
  }
}
