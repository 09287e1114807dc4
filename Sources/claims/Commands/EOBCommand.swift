import ArgumentParser
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

struct EOBCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eob",
    abstract: "Print the letter to the member about a claim: the explanation of benefits.",
    discussion: """
      ID is a claim intake id (CLM-…), or the provider's claim number. A claim that was decided again has a letter for each \
      decision: the provider's number gives the one that counts now, an intake id its own. The progress toward the year's \
      limits is always today's.

      EXAMPLES
        claims eob CLM-0123456789abcdef0123 --plans rules/
        claims eob A-1001 --form html > letter.html
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"))
  var id: String

  @Option(
    help: ArgumentHelp(
      "The folder with the plans, which names them and the year's limits. Without it the samples in the binary.",
      valueName: "DIR"))
  var plans: String?

  @Option(help: "text, or html for a page to print.")
  var form: LetterForm = .text

  func run() async throws {
    do {
      let ruleset = try RuleSource(folder: plans, ruleset: nil).ruleset
      try await write(from: try await store.store.openForReading(), ruleset)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func write(from store: ClaimStore, _ ruleset: Ruleset) async throws {
    var output = Output()
    for (_, letter) in try await EOBLetters(store, ruleset: ruleset).letters(named: id) {
      switch form {
      case .text: output.line(EOBText().text(letter))
      case .html: output.line(try EOBPage().html(letter))
      }
    }
    output.flush()
  }
}

enum LetterForm: String, ExpressibleByArgument, CaseIterable {
  case text, html
}
