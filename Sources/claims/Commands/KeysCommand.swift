import ArgumentParser
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import DurableExecution
import Foundation
import Signatures

struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Look into the effect keys of a store, release one that is stuck, archive old ones, derive others.",
    subcommands: [List.self, Show.self, Release.self, Predict.self, Derive.self, Archive.self, Issuer.self])
}

extension KeysCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List keys, live and archived, newest last.",
      discussion: """
        A page ends with the command for the one before it, which has older keys. A key whose outcome is recorded between two \
        pages may be on both.

        EXAMPLES
          claims keys list --status FAILED      what a person may have to release
          claims keys list --effect pay         all payments
        """)

    @OptionGroup var store: StoreOptions

    @Option(help: "Only keys of this status: PENDING, COMPLETED or FAILED.")
    var status: KeyStatus?

    @Option(help: "Only keys of this effect: intake, elig, adj, pay, void, audit.")
    var effect: String?

    @Option(help: "At most so many on a page.")
    var limit = 100

    @Option(help: ArgumentHelp("The page of older keys than this one.", valueName: "KEY"))
    var before: String?

    func validate() throws {
      guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000000") }
    }

    func run() async throws {
      do {
        let store = try await store.store.openForReading()
        let (status, effect, limit, before) = (status, effect, limit, before.map { KeyText($0) })
        let newest = try await store.read { transaction in
          let last = try before.map { key in
            guard let record = try transaction.records(for: [key])[key] else {
              throw SetupError.badInput("--before: there is no such key; see `claims keys list`")
            }
            return record
          }
          return try transaction.keys(status: status, effect: effect, before: last, limit: limit + 1)
        }
        let page = ListPage(newest.reversed(), limit: limit)
        var output = Output()
        for record in page.rows.reversed() { output.line(KeyLine(record).text) }
        if let last = page.last { output.line("older: \(command(before: last.key))") }
        output.flush()
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private func command(before last: KeyText) -> String {
      let conditions =
        (status.map { " --status \($0.rawValue)" } ?? "") + (effect.map { " --effect \($0.shellWord)" } ?? "")
      let limit = limit == 100 ? "" : " --limit \(limit)"
      return "claims keys list\(conditions)\(limit) --before \(last.text.shellWord)\(store.given())"
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show all that is kept about one key.")

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("An effect key.", valueName: "KEY"))
    var key: String

    func run() async throws {
      do {
        let store = try await store.store.openForReading()
        let wanted = KeyText(key)
        guard let record = try await store.read({ try $0.records(for: [wanted])[wanted] }) else {
          throw SetupError.badInput("there is no such key in \(self.store.store); see `claims keys list`")
        }
        Output.say(KeyLine(record).details)
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release",
      abstract: "Let a key that failed for good be tried again, or end the lease of a pending one.",
      discussion: """
        A definitive failure is replayed until a person has removed its cause and says so. A pending key is left to the \
        worker that holds its lease; when that worker is gone for good, its lease can be ended. Should it be alive after \
        all, store and bank refuse whatever it does late. Who and why is on record. The next run of the claim acts under \
        the same key, after asking the bank what it knows of it.

        With --all, the failed payment keys of all claims that match the conditions: they are counted first, and released \
        once the digest that is printed confirms it.
        """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("The effect key of a FAILED or PENDING record.", valueName: "KEY"))
    var key: String?

    @OptionGroup var bulk: BulkOptions

    @OptionGroup var person: PersonOptions

    @Option(help: "With --all: text for people, json for programs.")
    var output: OutputForm = .text

    func validate() throws { try bulk.validate(beside: key) }

    func run() async throws {
      do {
        let store = try await store.store.openExisting()
        guard let key else {
          let desk = BulkDesk(store, worker: .thisProcess(), limit: BulkOptions.limit)
          return try await BulkRun(desk: desk, act: .releaseKeys, options: bulk, output: output).run(
            by: try person.signOff())
        }
        let release = KeyRelease(of: KeyText(key), by: try person.signOff())
        let done = try Self.words(for: try await release.perform(in: store))
        Output.say("\(done); run the claim again")
      } catch {
        throw ExitStatus.of(error)
      }
    }

    /// Returns what the release did.
    ///
    /// - Throws: `SetupError` when there was nothing to release.
    private static func words(for outcome: KeyRelease.Outcome) throws -> String {
      switch outcome {
      case .released: return "released"
      case .endedLease(let lease):
        return "ended the lease that \(lease.owner) held until \(lease.expiresAt.iso8601)"
      case .unknown: throw SetupError.badInput("there is no such key; see `claims keys list --status FAILED`")
      case .replaced(let claim):
        throw SetupError.badInput("another claim has replaced \(claim): it is never paid; see `claims show \(claim)`")
      case .onHold(let claim):
        throw SetupError.badInput(
          "the payee of claim \(claim) is on hold: lift the hold first; see `claims hold --list`")
      case .notHeld: throw SetupError.badInput("no lease holds this PENDING key: run the claim again")
      case .completed:
        throw SetupError.badInput("only a FAILED or a PENDING key can be released; this one is COMPLETED")
      }
    }
  }

  struct Issuer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "issuer",
      abstract: "Print the public key that this store signs its payment orders with, as a JSON Web Key Set.",
      discussion: """
        Give it to the bank: claims gateway --issuers FILE. The private key is made from a secret in the store and is \
        never printed; whoever has the store can sign in its name.
        """)

    @OptionGroup var store: StoreOptions

    func run() async throws {
      do {
        let keys = try await IssuerKey.published(by: try await store.store.openExisting())
        Output.say(String(decoding: keys.json, as: UTF8.self))
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Archive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "archive",
      abstract: "Move responses past their expiry to the archive, where they are still answered.")

    @OptionGroup var store: StoreOptions

    func run() async throws {
      do {
        let store = try await store.store.openExisting()
        var moved = 0
        while true {
          let page = try await store.transaction { try $0.archive(expiredBefore: $0.now, limit: 1_000) }
          moved += page
          if page < 1_000 { break }
        }
        Output.say("\(moved.grouped) keys archived")
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }
}
