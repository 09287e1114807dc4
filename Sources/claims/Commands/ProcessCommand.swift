import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation
import Synchronization

struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Take claims from files to a payment.",
    discussion: """
      PATH is a file, a folder, or - for standard input. The format is found by content: X12 837P and 837I (5010, 4010), \
      FHIR R4, JSON, and paper forms (CMS-1500 and UB-04 as PDF, PNG, JPEG or TIFF). What a folder holds besides claims is \
      passed over. A form in doubt waits at the intake desk \
      (`claims intake`). A broken claim is rejected alone, with its place and reason; the claims round it go on. Claims an earlier \
      run left unfinished are finished first.

      EXAMPLES
        claims process claims.837 --enroll PPO
        claims process inbox/ --store sqlite:payer.db --plans rules/ --eob letters/
        claims process inbox/ --done inbox/done --failed inbox/failed
        zcat claims.837.gz | claims process - --output json | jq -r 'select(.status == "denied") | .claim_number'

      Run it again: every claim is replayed, and the bank has no new payment.
      """)

  @Argument(help: ArgumentHelp("Claim files, folders, or -.", valueName: "PATH"), completion: .file())
  var paths: [String]

  @OptionGroup(title: "Deciding and paying") var options: RunOptions

  @OptionGroup(title: "Reading paper forms") var model: ModelOptions

  @OptionGroup var receipt: ReceiptOption

  @Option(help: "Batches that may be with the bank at once.")
  var jobs = 4

  @Option(
    help: ArgumentHelp("Claims decided in one transaction; without it, as many as are quick.", visibility: .hidden))
  var batch: Int?

  @Option(help: "text for people, json for programs: an object a claim, and a summary.")
  var output: OutputForm = .text

  @Option(
    help: ArgumentHelp("Write an explanation of benefits for each claim here, as .html and .txt.", valueName: "DIR"),
    completion: .directory)
  var eob: String?

  @Option(
    help: ArgumentHelp(
      "At the end, report the claims to their providers: X12 835, a file a payee in a folder, or one file.",
      valueName: "PATH"), completion: .file())
  var remit: String?

  @OptionGroup var payer: PayerOptions

  @Option(
    help: ArgumentHelp("Answer each X12 file here: a 999 for the file, a 277CA for its claims.", valueName: "DIR"),
    completion: .directory)
  var ack: String?

  @OptionGroup var finished: FinishedOptions

  @Option(help: "The progress line on standard error: auto (on a terminal), always or never.")
  var progress: ProgressBar.Mode = .auto

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("name at least one file or folder, or - for standard input") }
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 64") }
    guard batch.map((1...10_000).contains) ?? true else { throw ValidationError("--batch must be from 1 to 10000") }
  }

  func run() async throws {
    do {
      let sources = try ClaimSource.sources(paths, movedTo: finished.folders)
      if ack != nil { try ClaimSource.refuseOneName(for: sources) }
      var configuration = options.configuration()
      configuration.pageModel = try model.configuration()
      (configuration.received, configuration.payer) = (receipt.day, payer.path)
      let outputs = try Outputs(self, sources)
      let app = try await ClaimsApp.build(configuration)
      defer { app.store.close() }
      try await process(sources, outputs, in: app)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// The outputs of the run. Each location is tested before anything is decided or paid.
  private struct Outputs {
    let letters: OutputFolder?
    let answers: OutputFolder?
    let remittances: (output: RemittanceOutput, issuer: RemittanceIssuer)?
    let files: FilesOfRun

    init(_ command: ProcessCommand, _ sources: [ClaimSource]) throws {
      files = try command.finished.files(of: sources)
      letters = try command.eob.map { try OutputFolder(path: $0, option: "--eob") }
      answers = try command.ack.map { try OutputFolder(path: $0, option: "--ack") }
      remittances = try command.remit.map {
        (try RemittanceOutput(path: $0, option: "--remit"), try command.payer.source().issuer)
      }
    }
  }

  private func process(
    _ sources: [ClaimSource], _ outputs: Outputs, in app: ClaimsApp
  ) async throws {
    let letters = try outputs.letters.map { try EOBFolder($0, EOBLetters(app.store, terms: app.letters)) }
    let earlier = EarlierDecisions(ruleset: app.ruleset.id, received: receipt.day.given, enrolls: options.enroll != nil)
    var printer = ResultPrinter(output, progress: progress, explainsLateness: receipt.day == .today, earlier: earlier)
    printer.note(app.members)
    printer.note(try await app.processor.resume())

    let feed = try await app.feed(sources)
    let interruption = Interruption { feed.stop() }
    defer { withExtendedLifetime(interruption) {} }
    let size = batch.map(BatchSize.fixed) ?? .adaptive
    var files = outputs.files
    try await ClaimRun(app.processor, feed: feed, jobs: jobs, batchSize: size).run { results, position in
      try await letters?.write(results)
      try printer.print(results)
      printer.show(position: position, size: feed.size)
      files.note(results)
      // A file that is to be acknowledged is read once more.
      if outputs.answers == nil { files.move() }
    }
    let wasStopped = feed.isStopped
    printer.finish(wasStopped: wasStopped)
    var status = printer.exitStatus(wasStopped: wasStopped)
    if !wasStopped, try await report(sources, outputs, in: app) { status = status ?? .badInput }
    if !wasStopped { files.move() }
    if !wasStopped, let unmoved = files.status { status = unmoved }
    if let status { throw ExitCode(status) }
  }

  /// Writes acknowledgments and remittances.
  ///
  /// - Returns: whether a claim is held back.
  private func report(_ sources: [ClaimSource], _ outputs: Outputs, in app: ClaimsApp) async throws -> Bool {
    if let answers = outputs.answers { try await answer(sources, to: answers, in: app) }
    guard let (output, issuer) = outputs.remittances else { return false }
    return try await remit(output, as: issuer, in: app)
  }

  private func answer(_ sources: [ClaimSource], to answers: OutputFolder, in app: ClaimsApp) async throws {
    let folder = AcknowledgmentFolder(answers, store: app.store, partners: app.partners)
    for source in sources {
      let answered: AcknowledgedInput?
      do {
        answered = try await folder.answer(source)
      } catch let error as InputError where !error.isShortage {
        // That the file cannot be read was told when it was to be processed.
        continue
      }
      guard let answered else { continue }
      let unanswered = answered.waiting + answered.unanswered
      if unanswered > 0 {
        Terminal.complain(
          "\(source.name.displayed): not acknowledged, since intake has not seen it or it lacks what a 277CA requires: "
            + "\(unanswered.counted("claim"))")
      }
    }
  }

  /// - Returns: whether a claim is held back.
  private func remit(
    _ output: RemittanceOutput, as issuer: RemittanceIssuer, in app: ClaimsApp
  ) async throws -> Bool {
    var output = output
    var tally = CheckRunTally()
    let run = RemittanceRun(over: app.store, runner: app.runner, issuer: issuer)
    try await run.run(on: nil, to: &output) { try tally.count($0) }
    Terminal.complain("remitted to \(output.path): \(tally.text)")
    return tally.heldBack > 0
  }
}

extension ProgressBar.Mode: ExpressibleByArgument {}
