import ArgumentParser
import BankProtocol
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation
import StrictText

struct SuspenseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspense",
    abstract: "The work list of claims that wait for a person: look, let go on, deny, price, tell what others paid.",
    discussion: """
      What was decided first stays on record: a claim that a person lets go on, or denies, is decided under a number of \
      its own that names the first. Who did it and why is on record.
      """,
    subcommands: [
      List.self, Show.self, Note.self, Assign.self, Release.self, Deny.self, Price.self, OtherPayer.self, Accept.self,
    ],
    defaultSubcommand: List.self)
}

extension SuspenseCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List claims that wait for a person, the longest waiting first, each with what it waits for.",
      discussion: "A page ends with the command for the next one.")

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("Only claims that this person looks after.", valueName: "WHOM"))
    var assignedTo: String?

    @Flag(help: "Only claims that nobody looks after.")
    var unassigned = false

    @Option(help: "At most so many on a page.")
    var limit = 100

    @Option(help: ArgumentHelp("The page after this claim, the last of the page before.", valueName: "ID"))
    var after: String?

    @Option(help: "text for people, json for programs: an object a claim.")
    var output: OutputForm = .text

    func validate() throws {
      guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000000") }
      guard !unassigned || assignedTo == nil else {
        throw ValidationError("--assigned-to and --unassigned exclude each other")
      }
    }

    private var assignee: AssigneeFilter {
      unassigned ? .nobody : assignedTo.map { .assigned(to: $0.composed) } ?? .anybody
    }

    func run() async throws {
      do {
        let (limit, assignee, after) = (limit, assignee, after.map { ClaimIntakeID($0) })
        let (waiting, last, formsWait) = try await store.store.openForReading().read { transaction in
          let before = try after.map { id in
            guard let row = try transaction.claims([id])[id] else {
              throw SetupError.badInput("--after: there is no claim \(id.text.prefix(80)); see `claims suspense list`")
            }
            return row
          }
          let page = ListPage(
            try transaction.suspendedClaims(of: assignee, after: before, limit: limit + 1), limit: limit)
          let formsWait = try !transaction.paperForms(in: .waiting, after: nil, limit: 1).isEmpty
          return (try page.rows.map { try SuspendedClaim($0, in: transaction) }, page.last?.id, formsWait)
        }
        var output = Output()
        for claim in waiting {
          switch self.output {
          case .text:
            output.line(
              "\(claim.row.receivedOn)  \(claim.row.id)  \(claim.row.claimNumber.text.displayed.padded(to: 12))"
                + claim.row.charge.grouped.padded(toRight: 12) + "  \(claim.code): \(claim.text)"
                + claim.otherClaims.map { "; compare \($0)" }.joined() + " (\(claim.standing))")
          case .json: output.bytes(claim.jsonLine)
          }
        }
        if waiting.isEmpty, self.output == .text { output.line(assignee.nothingWaits) }
        if let last, self.output == .text { output.line("next page: \(command(after: last))") }
        if formsWait, self.output == .text { output.line("paper forms wait too: claims intake list\(store.given())") }
        output.flush()
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private func command(after last: ClaimIntakeID) -> String {
      let whose = unassigned ? " --unassigned" : assignedTo.map { " --assigned-to \($0.shellWord)" } ?? ""
      let limit = limit == 100 ? "" : " --limit \(limit)"
      return "claims suspense list\(whose)\(limit) --after \(last)\(store.given())"
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show all that is on record about one claim.")

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
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
        let samples = try RuleSource(folder: nil, ruleset: nil).ruleset.id
        let plans = claim.row.ruleset == samples ? "" : " --plans DIR"
        Output.say("\n" + SuspensePage(claim, options: store.given() + plans).text)
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "release",
      abstract: "Let a suspended claim go on, as if what it waits for were in order.",
      discussion: """
        With --all, all suspended claims that match the conditions: they are counted first, with the money, and released \
        once the digest that is printed confirms it. Each is an act of its own; one that is refused stops no other. The \
        same command again, after it was stopped, does the rest.

        EXAMPLES
          claims suspense release A-1001 --reason 'a second visit on the same day'
          claims suspense release --all --provider 1234567893 --reason 'cleared'
          claims suspense release --all --provider 1234567893 --reason 'cleared' --confirm 1f0c9a2e77b34d55
        """)

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String?

    @OptionGroup var bulk: BulkOptions

    @OptionGroup(title: "Where it waits for more") var besides: AlsoGivenOptions

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    @Option(help: "With --all: text for people, json for programs.")
    var output: OutputForm = .text

    func validate() throws {
      try bulk.validate(beside: id)
      guard try id != nil || besides.given().words.isEmpty else {
        throw ValidationError("what a claim waits for besides is given to one claim, and not to all")
      }
    }

    func run() async throws {
      guard let id else { return try await decideAll(.release, bulk, with: options, by: person, output) }
      let also = try besides.given()
      try await decide(with: options, by: person) { try await $0.release(id, besides: also) }
    }
  }

  struct Deny: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "deny",
      abstract: "Deny a suspended claim.",
      discussion: """
        Codes are looked up in the lists of reason and remark codes that the rules have (claims rules import). Without \
        such a list, only their form is checked.

        EXAMPLES
          claims suspense deny A-1001 --code CO-16 --remark M76 --reason 'diagnosis missing, provider asked twice'
          claims suspense deny --all --provider 1234567893 --code CO-16 --remark M76 --reason 'no answer'
        """)

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String?

    @OptionGroup var bulk: BulkOptions

    @Option(
      help: ArgumentHelp("Group and claim adjustment reason code, for instance CO-16 or PR-96.", valueName: "CARC"))
    var code: ChosenDenial

    @Option(help: ArgumentHelp("The remittance advice remark code, where the reason wants one.", valueName: "RARC"))
    var remark: String?

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    @Option(help: "With --all: text for people, json for programs.")
    var output: OutputForm = .text

    func validate() throws {
      try bulk.validate(beside: id)
      guard let remark else { return }
      guard ChosenDenial.isRemark(remark) else {
        throw ValidationError("--remark must be a remark code such as M76 or N130")
      }
    }

    func run() async throws {
      var denial = code
      denial.remark = remark
      let chosen = denial
      guard let id else { return try await decideAll(.deny(chosen), bulk, with: options, by: person, output) }
      try await decide(with: options, by: person) { try await $0.deny(id, as: chosen) }
    }
  }
}

extension AssigneeFilter {
  /// What to say where no such claim waits.
  fileprivate var nothingWaits: String {
    switch self {
    case .anybody: "no claim waits for a person"
    case .assigned(let name): "no claim that waits is with \(name.displayed)"
    case .nobody: "no claim waits that nobody looks after"
    }
  }
}
