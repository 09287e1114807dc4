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

/// What a person gives a claim that it waits for.
extension SuspenseCommand {
  struct Price: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "price",
      abstract: "Set the price of lines that the rules have none for.",
      discussion: """
        The price is what the plan allows of the line at most. `suspense show` names the lines that need one; a line that \
        the rules price or deny is refused.

        EXAMPLES
          claims suspense price A-1001 2 450.00 --reason 'invoice of 12 March'
          claims suspense price A-1001 2 450.00 3 80 --reason 'by report'
        """)

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String

    @Argument(
      help: ArgumentHelp("A line by its number, and its price; more than once for more.", valueName: "LINE AMOUNT"))
    var prices: [String]

    @OptionGroup(title: "Where it waits for more") var besides: AlsoGivenOptions

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    func validate() throws { _ = try given() }

    private func given() throws -> Given {
      var given = try besides.given()
      given.prices = try chosen() + given.prices
      guard Set(given.prices.map(\.line)).count == given.prices.count else {
        throw ValidationError("each line is named once, by its number")
      }
      return given
    }

    private func chosen() throws -> [ChosenPrice] {
      guard !prices.isEmpty, prices.count.isMultiple(of: 2) else {
        throw ValidationError("name a line and its price, for instance: 2 450.00")
      }
      var chosen: [ChosenPrice] = []
      for index in stride(from: 0, to: prices.count, by: 2) {
        guard let line = Int(prices[index]), line > 0 else {
          throw ValidationError("name a line by its number, and then its price, for instance: 2 450.00")
        }
        chosen.append(ChosenPrice(line: line, amount: try prices[index + 1].amount()))
      }
      return chosen
    }

    func run() async throws {
      let (id, given) = (id, try given())
      try await decide(with: options, by: person) { try await $0.give(id, given, for: .price) }
    }
  }

  struct OtherPayer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "other-payer",
      abstract: "Tell what another payer has decided of a claim, or in which turn payers pay.",
      discussion: """
        What is told takes the place of what the claim says of that payer. The claim is then decided after it: no more is \
        paid than it left. The amounts are of the whole claim; they are spread over its lines in proportion to the \
        charges. Turns are those of SBR01: P, S, T, then A to H.

        EXAMPLES
          claims suspense other-payer A-1001 --payer 60054 --turn P --paid 210.00 --left 60.00 --reason 'their EOB'
          claims suspense other-payer A-1001 --payer 60054 --turn P --our-turn S --paid 50 --left 10 --reason 'birthday rule'
        """)

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String

    @Option(help: ArgumentHelp("The other payer's number, as the claim names it (NM109).", valueName: "ID"))
    var payer: String?

    @Option(help: ArgumentHelp("In whose turn it pays.", valueName: "P|S|T|A-H"))
    var turn: String?

    @Option(help: ArgumentHelp("What it has paid; without it, it has not decided.", valueName: "AMOUNT"))
    var paid: String?

    @Option(help: ArgumentHelp("What it has left to the patient.", valueName: "AMOUNT"))
    var left: String?

    @Option(help: ArgumentHelp("In whose turn we pay, where the claim has it wrong.", valueName: "P|S|T|A-H"))
    var ourTurn: String?

    @OptionGroup(title: "Where it waits for more") var besides: AlsoGivenOptions

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    func validate() throws {
      guard payer != nil || ourTurn != nil else { throw ValidationError("name the --payer, or --our-turn") }
      guard (payer == nil) == (turn == nil) else { throw ValidationError("--payer and --turn go together") }
      guard (paid == nil) == (left == nil) else { throw ValidationError("--paid and --left go together") }
      guard paid == nil || payer != nil else { throw ValidationError("--paid and --left are a --payer's") }
      _ = try given()
    }

    private func told() throws -> EnteredPayer? {
      guard let payer, let turn else { return nil }
      guard !payer.allSatisfy(\.isWhitespace) else { throw ValidationError("--payer is empty") }
      var result: EnteredPayer.Result?
      if let paid, let left { result = .init(paid: try paid.amount(), patientOwes: try left.amount()) }
      return EnteredPayer(id: PayerID(payer), sequence: try turn.turn(), result: result)
    }

    private func given() throws -> Given {
      var given = try besides.given()
      given.payers = [try told()].compactMap(\.self) + given.payers
      given.turn = try ourTurn?.turn()
      guard Set(given.payers.map(\.id)).count == given.payers.count else {
        throw ValidationError("each payer is named once")
      }
      return given
    }

    func run() async throws {
      let (id, given) = (id, try given())
      try await decide(with: options, by: person) { try await $0.give(id, given, for: .otherPayer) }
    }
  }

  struct Accept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accept",
      abstract: "Accept a document that a claim waits for.",
      discussion: """
        EXAMPLES
          claims suspense accept A-1001 'assignment of benefits, signed 2 March' --reason 'came by fax'
        """)

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String

    @Argument(help: ArgumentHelp("What was accepted, and where it is kept.", valueName: "DOCUMENT"))
    var document: String

    @OptionGroup(title: "Where it waits for more") var besides: AlsoGivenOptions

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    func validate() throws { _ = try document.nameOfDocument() }

    func run() async throws {
      var given = try besides.given()
      given.documents.insert(document, at: 0)
      let (id, all) = (id, given)
      try await decide(with: options, by: person) { try await $0.give(id, all, for: .document) }
    }
  }
}
