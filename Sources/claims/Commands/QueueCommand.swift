import ArgumentParser
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import DurableExecution
import Foundation

struct QueueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "Look at the queue: what waits, and what no worker could bring to an end.",
    subcommands: [Status.self, Dead.self, Release.self],
    defaultSubcommand: Status.self)
}

extension QueueCommand {
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Count what waits, what is worked on, what was set aside.")

    @OptionGroup var store: StoreOptions

    func run() async throws {
      do {
        let (counts, ended) = try await store.store.openForReading().read {
          (try $0.queueCounts(), try $0.latest(act: OperatorAct.sessionEnded, limit: 5))
        }
        Output.say(
          "waiting \(counts.waiting.grouped)  worked on \(counts.leased.grouped)  set aside \(counts.dead.grouped)")
        for act in ended { Output.say("\(act.at.day): a worker ended \(act.reason)") }
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Dead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "dead",
      abstract: "List claims that were set aside, and why.",
      discussion: """
        A claim is set aside when workers keep dying at it, or when what came of it only a person can mend. The oldest come \
        first, and a page ends with the command for the next one.
        """)

    @OptionGroup var store: StoreOptions

    @Option(help: "At most so many on a page, up to 10000.")
    var limit = 100

    @Option(help: ArgumentHelp("The page after this place, which the page before names.", valueName: "CURSOR"))
    var after: String?

    func validate() throws {
      guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
      _ = try place()
    }

    private func place() throws -> ListPlace? {
      do throws(UnreadableCursor) {
        guard let after else { return nil }
        return try ListPlace(parsing: after)
      } catch {
        throw ValidationError("--after: \(error)")
      }
    }

    func run() async throws {
      do {
        let (limit, place) = (limit, try place())
        let page = ListPage(
          try await store.store.openForReading().read { try $0.deadLetters(after: place, limit: limit + 1) },
          limit: limit)
        var output = Output()
        for letter in page.rows {
          output.line("\(letter.key)\n  taken up \(letter.attempts.counted("time")): \(letter.reason)")
        }
        if let last = page.last {
          let limit = limit == 100 ? "" : " --limit \(limit)"
          output.line("next page: claims queue dead\(limit) --after \(ListPlace(at: last).text)\(store.given())")
        }
        output.flush()
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release",
      abstract: "Let a claim that was set aside be tried again.",
      discussion: "Who and why is on record.")

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The claim's intake key, as `claims queue dead` prints it.", valueName: "KEY"))
    var key: String?

    @Flag(help: "In place of one: all that were set aside. Without --confirm they are only counted.")
    var all = false

    @Option(help: ArgumentHelp("The digest that the same command has printed without --confirm.", valueName: "DIGEST"))
    var confirm: String?

    @OptionGroup var person: PersonOptions

    @Option(help: "With --all: text for people, json for programs.")
    var output: OutputForm = .text

    func validate() throws {
      guard all == (key == nil) else { throw ValidationError("name one, or --all that were set aside") }
      guard all || confirm == nil else { throw ValidationError("--confirm goes with --all") }
    }

    private func releaseAll() async throws {
      let desk = BulkDesk(
        try await store.store.openExisting(), worker: .thisProcess(), limit: BulkOptions.limit)
      try await BulkRun(desk: desk, act: .releaseDeadLetters, filter: ClaimFilter(), confirm: confirm, output: output)
        .run(by: try person.signOff())
    }

    func run() async throws {
      do {
        guard let key else { return try await releaseAll() }
        let (dead, signOff) = (KeyText(key), try person.signOff())
        let isRevived = try await store.store.openExisting().transaction {
          try $0.revive(dead, by: signOff)
        }
        guard isRevived else { throw SetupError.badInput("no such claim was set aside; see `claims queue dead`") }
        Output.say("released; a worker will take it up")
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }
}
