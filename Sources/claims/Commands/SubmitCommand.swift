import ArgumentParser
import ClaimFormats
import ClaimPipeline
import ClaimsApp
import ClaimsDomain

struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Queue claims from files; workers take them to a payment.",
    discussion: """
      PATH is a file, a folder, or - for standard input, as in `claims process`. A claim that is queued already is not \
      queued again, and one that was paid long ago is replayed: to submit a file twice does no harm. Payers take turns, \
      so that one with a million claims does not keep another with ten waiting.

      EXAMPLES
        claims submit inbox/ --store postgres://db/claims
        claims submit urgent.837 --priority 10
        claims work --store postgres://db/claims        on as many machines as you like
      """)

  @Argument(help: ArgumentHelp("Claim files, folders, or -.", valueName: "PATH"))
  var paths: [String]

  @OptionGroup var store: StoreOptions

  @Option(help: "Higher goes first, whatever the payer; from -100 to 100.")
  var priority = 0

  @Option(
    help: ArgumentHelp("The day the claims count as received. Without it today (UTC).", valueName: "YYYY-MM-DD"))
  var received: CalendarDate?

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("name at least one file or folder, or - for standard input") }
    guard (-100...100).contains(priority) else { throw ValidationError("--priority must be from -100 to 100") }
  }

  func run() async throws {
    do {
      let feed = ClaimFeed(try ClaimSource.sources(paths), batchSize: 500)
      try await submit(feed, to: try await store.store.open())
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func submit(_ feed: ClaimFeed, to store: some ClaimStore) async throws {
    let interruption = Interruption { Task { await feed.stop() } }
    defer { withExtendedLifetime(interruption) {} }
    let feeder = QueueFeeder(store, feed: feed, priority: priority, receivedOn: received)
    let tally = try await feeder.run(complain: Self.complain)
    var line = "\(tally.queued.counted("claim")) queued"
    if tally.read > tally.queued { line += ", \((tally.read - tally.queued).grouped) in the queue already" }
    if tally.rejected > 0 { line += ", \(tally.rejected.grouped) rejected" }
    print(line)
    if await feed.isStopped { throw ExitCode(ExitStatus.interrupted) }
    if tally.rejected + tally.faults > 0 { throw ExitCode(ExitStatus.badInput) }
  }

  private static func complain(of result: ClaimResult) {
    switch result.kind {
    case .rejected(let rejection):
      let claim = rejection.claimNumber.map { "claim \($0.text.displayed)" } ?? "a claim without a number"
      Terminal.complain(
        "\(result.source): \(rejection.location): \(claim) is rejected: \(rejection.reason); correct it and send it again"
      )
    case .fault(let fault):
      Terminal.complain("\(result.source): \(fault.severity == .warning ? "warning: " : "")\(fault)")
    case .claim: break
    }
  }
}
