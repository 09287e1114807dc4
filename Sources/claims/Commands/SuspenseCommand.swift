import ArgumentParser
import ClaimFormats
import ClaimPipeline
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation

struct SuspenseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspense",
    abstract: "The work list of claims that wait for a person: look, let go on, deny.",
    discussion: """
      What was decided first stays on record: a claim that a person lets go on, or denies, is decided under a number of \
      its own that names the first. Who did it and why is on record.
      """,
    subcommands: [List.self, Show.self, Release.self, Deny.self],
    defaultSubcommand: List.self)
}

extension SuspenseCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List claims that wait for a person, the longest waiting first, each with what it waits for.")

    @OptionGroup var store: StoreOptions

    @Option(help: "At most so many.")
    var limit = 100

    @Option(help: "text for people, json for programs: an object a claim.")
    var output: OutputForm = .text

    func validate() throws {
      guard limit >= 1 else { throw ValidationError("--limit must be 1 or more") }
    }

    func run() async throws {
      do {
        let limit = limit
        let waiting = try await store.store.openForReading().read { transaction in
          try transaction.suspendedClaims(after: nil, limit: limit).map { try SuspendedClaim($0, in: transaction) }
        }
        var output = Output()
        for claim in waiting {
          switch self.output {
          case .text:
            output.line(
              "\(claim.row.receivedOn)  \(claim.row.id)  \(claim.row.claimNumber.text.displayed.padded(to: 12))"
                + "\(claim.row.charge)".padded(toRight: 12) + "  \(claim.code): \(claim.text)"
                + claim.otherClaims.map { "; compare \($0)" }.joined())
          case .json: output.bytes(claim.jsonLine)
          }
        }
        output.flush()
        if waiting.isEmpty, self.output == .text { Output.say("no claim waits for a person") }
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show all that is on record about one claim.")

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"))
    var id: String

    func run() async throws {
      do {
        let id = id
        let (page, claim) = try await store.store.openForReading().read { transaction in
          guard let row = try transaction.claims(named: id).first(where: { $0.status == .suspended }) else {
            throw SetupError.badInput("no claim \(id.prefix(80)) waits for a person; see `claims suspense list`")
          }
          return (ClaimPage(try ClaimFile(row, in: transaction)).text, try SuspendedClaim(row, in: transaction))
        }
        Output.say(page)
        Output.say("\n  WAITS FOR A PERSON\n    \(claim.code): \(claim.text)\n    \(claim.advice)")
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let a suspended claim go on, as if what it waits for were in order.")

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"))
    var id: String

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    func run() async throws {
      let id = id
      try await decide(with: options, by: person) { try await $0.release(id) }
    }
  }

  struct Deny: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Deny a suspended claim.",
      discussion: """
        EXAMPLES
          claims suspense deny A-1001 --code CO-16 --remark M76 --reason 'diagnosis missing, provider asked twice'
        """)

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"))
    var id: String

    @Option(
      help: ArgumentHelp("Group and claim adjustment reason code, for instance CO-16 or PR-96.", valueName: "CARC"))
    var code: ChosenDenial

    @Option(help: ArgumentHelp("The remittance advice remark code, where the reason wants one.", valueName: "RARC"))
    var remark: String?

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    func validate() throws {
      guard let remark else { return }
      guard remark.wholeMatch(of: /[A-Z]{1,2}[0-9]{1,4}/) != nil else {
        throw ValidationError("--remark must be a remark code such as M76 or N130")
      }
    }

    func run() async throws {
      var denial = code
      denial.remark = remark
      let (id, chosen) = (id, denial)
      try await decide(with: options, by: person) { try await $0.deny(id, as: chosen) }
    }
  }
}

/// One claim by a person's word, and what came of it.
private func decide(
  with options: RunOptions, by person: PersonOptions, _ act: (any ClaimDesk) async throws -> ClaimAdjustment
) async throws {
  do {
    _ = try await options.store.store.openExisting()
    let setup = try await ClaimsSetup(options.configuration())
    let desk = try await desk(setup, over: try await setup.openStore(), person)
    let adjustment = try await act(desk)
    Output.say(try AdjustmentPage(adjustment).text())
    if let followUp = adjustment.followUp { throw ExitCode(ExitStatus(followUp)) }
  } catch {
    throw ExitStatus.of(error)
  }
}

private func desk(
  _ setup: ClaimsSetup, over store: some ClaimStore, _ person: PersonOptions
) async throws -> any ClaimDesk {
  ClaimAdjuster(try await ClaimsApp(setup, over: store), by: try person.signOff())
}
