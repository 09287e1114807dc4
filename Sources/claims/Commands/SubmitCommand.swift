import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation

struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Queue claims from files; workers take them to a payment.",
    discussion: """
      PATH is a file, a folder, or - for standard input, as in `claims process`; paper forms are read here, and a form in \
      doubt waits at the intake desk (`claims intake`). A claim that is queued already is not \
      queued again, nor is one that is at its end: to submit a file twice adds what is missing. Payers take turns, so \
      that one with a million claims does not keep another with ten waiting. When the queue is full it waits for \
      workers; with --no-wait it stops at the first claim there is no room for, and submitted again it goes on there.

      What is submitted together is a batch, and its ID is printed: `claims batches ID` says how far it is. The same \
      content again, from the same user, is the same batch.

      EXAMPLES
        claims submit inbox/ --store postgres://db/claims
        claims submit urgent.837 --priority 10
        claims submit inbox/ --plans rules/              as the workers have it: profiles of senders say how files are read
        claims submit inbox/ --queue-limit 200000 --no-wait
        claims work --store postgres://db/claims        on as many machines as you like
      """)

  @Argument(help: ArgumentHelp("Claim files, folders, or -.", valueName: "PATH"), completion: .file())
  var paths: [String]

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp(
      "The folder that workers have. Its profiles of trading partners say how closely files are held to their guide, and "
        + "whose are tests.", valueName: "DIR"), completion: .directory)
  var plans: String?

  @OptionGroup var model: ModelOptions

  @Option(help: "Higher goes first, whatever the payer; from -100 to 100.")
  var priority = 0

  @OptionGroup var receipt: ReceiptOption

  @Option(
    help: "As many claims the queue may hold, waiting or worked on, before this waits for room.")
  var queueLimit = 1_000_000

  @OptionGroup var finished: FinishedOptions

  @Flag(help: "Do not wait for room: stop at the first claim that finds none.")
  var noWait = false

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("name at least one file or folder, or - for standard input") }
    guard (-100...100).contains(priority) else { throw ValidationError("--priority must be from -100 to 100") }
    guard queueLimit >= 1 else { throw ValidationError("--queue-limit must be 1 or more") }
  }

  func run() async throws {
    do {
      let rules = try RuleSource(folder: plans, ruleset: nil)
      let sources = try ClaimSource.sources(paths, movedTo: finished.folders)
      let files = try finished.files(of: sources)
      let store = try await store.store.open()
      let paper = PaperPages(tables: rules.ruleset.tables)
      let stated = try await receipt.day.stated(by: store)
      let forms = FormIntake(
        store, source: paper, receivedOn: receipt.day.given, stated: stated,
        model: try model.configuration()?.reader(over: store, by: DurableRunner(worker: .thisProcess())))
      try await submit(ClaimFeed(sources, partners: rules.partners, forms: forms, stated: stated), files, to: store)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func submit(_ feed: ClaimFeed, _ files: FilesOfRun, to store: ClaimStore) async throws {
    var files = files
    var complaints = Complaints()
    let interruption = Interruption { feed.stop() }
    defer { withExtendedLifetime(interruption) {} }
    let settings = SubmitSettings(
      sender: Self.sender, priority: priority, receivedOn: receipt.day.given, queueLimit: queueLimit,
      waitsForRoom: !noWait)
    let full = "the queue holds \(queueLimit.grouped), as many as --queue-limit allows"
    let tally = try await QueueFeeder(store, feed: feed, settings: settings).run(
      complain: { result in
        files.note([result])
        complaints.tell(result)
      }, tellOfWait: { Terminal.complain("\(full); waiting for workers to make room") },
      finish: { source in
        files.end(source)
        files.move()
      })
    Output.say(Self.account(of: tally))
    if tally.isBatch { Output.say("batch \(tally.batch.id)") }
    if feed.isStopped {
      Terminal.complain("stopped; submit the same again for the rest")
      throw ExitCode(ExitStatus.interrupted)
    }
    if let stop = tally.stoppedAt {
      Terminal.complain(
        "\(stop.source): \(stop.place): stopped at claim \(stop.claimNumber.displayed): \(full); submit the same again to "
          + "go on from here")
      throw ExitCode(ExitStatus.unavailable)
    }
    if let status = files.status { throw ExitCode(status) }
    if tally.rejected + tally.faults > 0 { throw ExitCode(ExitStatus.badInput) }
  }

  /// The user, by a name that no token has.
  private static var sender: String { "local:\(NSUserName())" }

  private static func account(of tally: SubmissionTally) -> String {
    var line = "\(tally.queued.counted("claim")) queued"
    if tally.alreadyQueued > 0 { line += ", \(tally.alreadyQueued.grouped) in the queue already" }
    if tally.ended > 0 { line += ", \(tally.ended.grouped) at their end already" }
    if tally.rejected > 0 { line += ", \(tally.rejected.grouped) rejected" }
    if tally.forms > 0 { line += ", \(tally.forms.counted("paper form")) waiting at the intake desk" }
    return line
  }

}

/// Tells people what is wrong with what they submit: a fault of a file once, and not again for each of its claims.
private struct Complaints {
  private var told = ToldFaults()

  mutating func tell(_ result: ClaimResult) {
    switch result.kind {
    case .rejected(let rejection):
      guard !told.contains(rejection.reason, in: result.source) else { return }
      let claim = rejection.claimNumber.map { "claim \($0.text.displayed)" } ?? "a claim without a number"
      Terminal.complain(
        "\(result.source): \(rejection.location): \(claim) is rejected: \(rejection.reason); correct it and send it again"
      )
    case .fault(let fault):
      told.note(fault, in: result.source)
      Terminal.complain("\(result.source): \(fault.severity == .warning ? "warning: " : "")\(fault)")
    case .form(let form):
      Terminal.complain("\(result.source): \(form.location): \(form.advice)")
    case .passedOver(let fault): Terminal.passOver(result.source, fault)
    case .claim: break
    }
  }
}
