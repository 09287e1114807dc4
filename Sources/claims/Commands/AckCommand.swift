import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import Foundation

struct AckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Answer X12 837 files whose claims came by the queue: a 999 for the file, a 277CA for its claims.",
    discussion: """
      The answers are those of `claims process --ack`, made from the file and the store, whoever has worked on its claims. \
      A file is answered when all of its claims have been through intake, so that no claim is acknowledged in two answers; \
      until then it gets none. Nothing is written to the store.

      EXAMPLES
        claims submit inbox/ && claims work --until-empty
        claims ack inbox/ --out answers/

      Exit status: 0; 65 when an input is no X12 claim file or cannot be read (the others are answered); 69 when claims of a \
      file are still in the queue: run it again.
      """)

  @Argument(help: ArgumentHelp("Claim files and folders.", valueName: "PATH"), completion: .file())
  var paths: [String]

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp("A folder for the answers, NAME.999 and NAME.277ca for each file.", valueName: "DIR"),
    completion: .directory)
  var out: String

  @Option(
    help: ArgumentHelp("The folder that the files were submitted with, for its profiles of senders.", valueName: "DIR"),
    completion: .directory)
  var plans: String?

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("name at least one file or folder") }
    guard !paths.contains("-") else {
      throw ValidationError("standard input has no name to answer under: name a file or a folder")
    }
  }

  func run() async throws {
    do {
      let sources = try ClaimSource.sources(paths)
      try ClaimSource.refuseOneName(for: sources)
      let partners = try RuleSource(folder: plans ?? Settings.text(.plans), ruleset: nil).partners
      let store = try await store.store.openForReading()
      let folder = AcknowledgmentFolder(
        try OutputFolder(path: out, option: "--out"), store: store, partners: partners, waitsForAll: true)
      var verdict = Verdict.answered
      for source in sources { verdict = max(verdict, try await Self.answer(source, in: folder)) }
      if let status = verdict.status { throw ExitCode(status) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// What became of a file; the worst comes last.
  private enum Verdict: Int, Comparable {
    case answered, waiting, refused

    static func < (left: Verdict, right: Verdict) -> Bool { left.rawValue < right.rawValue }

    var status: ExitStatus? {
      switch self {
      case .answered: nil
      case .waiting: .unavailable
      case .refused: .badInput
      }
    }
  }

  private static func answer(_ source: ClaimSource, in folder: AcknowledgmentFolder) async throws -> Verdict {
    do {
      guard let answered = try await folder.answer(source) else {
        Terminal.complain("\(source.name.displayed): not answered, since it is not X12")
        return source.isFromFolder ? .answered : .refused
      }
      guard answered.waiting == 0 else {
        Terminal.complain(
          "\(source.name.displayed): not answered yet: \(answered.waiting.counted("claim")) of it not through intake; run it again "
            + "when workers have had them, or submit it if nobody has")
        return .waiting
      }
      Output.say(
        "\(source.name.displayed): \(answered.accepted.grouped) accepted, \(answered.rejected.grouped) rejected, "
          + "\(answered.unreadable.grouped) not readable")
      if answered.unanswered > 0 {
        Terminal.complain(
          "\(source.name.displayed): not acknowledged, since it lacks what a 277CA requires: "
            + answered.unanswered.counted("claim"))
      }
      return .answered
    } catch let error as InputError where !error.isShortage {
      Terminal.complain("\(source.name.displayed): \(error)")
      return .refused
    }
  }
}
