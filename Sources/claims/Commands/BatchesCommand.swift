import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

struct BatchesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batches",
    abstract: "List batches of submitted claims, or show how far one is.",
    discussion: """
      What is submitted together to be worked on later is a batch: by `claims submit`, or over HTTP with Prefer: \
      respond-async. A line of the list has when it was submitted, its ID, how many claims it has, how many of those are \
      still waiting or worked on, and who sent it: a token's name, or local: and a user of this machine. A page ends with \
      the command for the next one.

      With an ID, it counts what became of the claims. A batch is done when workers have nothing left to do: suspended \
      claims wait for a person, and dead letters were set aside (claims queue dead).

      EXAMPLES
        claims batches
        claims batches BAT-0123456789abcdef0123 --output json
      """)

  @Argument(help: ArgumentHelp("A batch, as `claims submit` prints it. Without it, the newest.", valueName: "ID"))
  var id: String?

  @OptionGroup var store: StoreOptions

  @Option(help: ArgumentHelp("Only batches of this sender.", valueName: "NAME"))
  var sender: String?

  @Option(help: "At most so many on a page, up to 1000.")
  var limit = 50

  @Option(help: ArgumentHelp("The page after this batch, the last of the page before.", valueName: "ID"))
  var after: String?

  @Option(help: "text for people, json for programs: an object a batch.")
  var output: OutputForm = .text

  func validate() throws {
    guard (1...1_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000") }
    guard id == nil || (sender == nil && after == nil) else {
      throw ValidationError("a batch is found by its ID alone: leave out --sender and --after")
    }
  }

  func run() async throws {
    do {
      let store = try await store.store.openForReading()
      if let id { try await show(BatchID(id), in: store) } else { try await list(in: store) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func show(_ id: BatchID, in store: ClaimStore) async throws {
    let found = try await store.read { transaction in
      try transaction.batch(id).map { ($0, try transaction.progress(of: $0)) }
    }
    guard let (batch, progress) = found else { throw Self.unknown }
    switch output {
    case .json: Output.write(BatchJSON(batch, progress).line)
    case .text: Output.say(Self.page(batch, progress))
    }
  }

  private static var unknown: SetupError { .badInput("there is no such batch; see `claims batches`") }

  private func list(in store: ClaimStore) async throws {
    let (sender, limit, after) = (sender, limit, after.map { BatchID($0) })
    let (batches, open) = try await store.read { transaction in
      let last = try after.map { id in
        guard let batch = try transaction.batch(id) else { throw Self.unknown }
        return batch
      }
      let batches = try transaction.batches(of: sender, after: last, limit: limit)
      return (batches, try transaction.openClaims(of: batches.map(\.id)))
    }
    var printed = Output()
    for batch in batches {
      switch output {
      case .json: printed.bytes(BatchJSON(batch, open: open[batch.id] ?? 0).line)
      case .text: printed.line(Self.line(batch, open: open[batch.id] ?? 0))
      }
    }
    if output == .text {
      if batches.isEmpty { printed.line("no batches") }
      if batches.count == limit, let last = batches.last { printed.line("next page: \(command(after: last))") }
    }
    printed.flush()
  }

  private static func line(_ batch: BatchRow, open: Int) -> String {
    "\(batch.submittedAt.iso8601)  \(batch.id)  \(batch.claims.grouped.padded(toRight: 9)) claims"
      + "  \(open.grouped.padded(toRight: 9)) open  \(batch.sender.displayed)"
      + (batch.isWhole ? "" : "  not taken in completely: submit it again")
  }

  private static func page(_ batch: BatchRow, _ progress: BatchProgress) -> String {
    let head =
      "batch \(batch.id)  \(progress.isDone ? "done" : batch.isWhole ? "under way" : "not taken in completely")\n"
      + "  from \(batch.sender.displayed), submitted \(batch.submittedAt.iso8601), "
      + batch.claims.counted("claim")
    let counts = BatchStanding.allCases.filter { progress[$0] > 0 }.map { standing in
      "  \(standing.words.padded(to: 11))\(progress[standing].grouped.padded(toRight: 9))"
    }
    return ([head] + counts).joined(separator: "\n")
  }

  private func command(after last: BatchRow) -> String {
    let limit = limit == 50 ? "" : " --limit \(limit)"
    let sender = sender.map { " --sender \($0.shellWord)" } ?? ""
    return "claims batches\(sender)\(limit) --after \(last.id)\(store.given())"
  }
}

extension BatchStanding {
  fileprivate var words: String { rawValue.replacing("_", with: " ") }
}
