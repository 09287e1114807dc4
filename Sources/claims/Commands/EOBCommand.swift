import ArgumentParser
import ClaimFormats
import ClaimOperations
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
      limits is always today's. Its head and its contacts come from --payer, and never from the claim; without it the \
      plan's name is the head. What services are called comes from the folder of --plans. With fhir, it is an ExplanationOfBenefit (R4) as CARIN Blue Button shapes it; \
      claims show --output fhir prints the ClaimResponse of the same claim.

      EXAMPLES
        claims eob CLM-0123456789abcdef0123 --plans rules/ --payer payer.yaml
        claims eob A-1001 --form html > letter.html
        claims eob A-1001 --output fhir > eob.json
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
  var id: String

  @Option(
    help: ArgumentHelp(
      "The folder with the plans, which names them and the year's limits. Without it the samples in the binary.",
      valueName: "DIR"), completion: .directory)
  var plans: String?

  @OptionGroup var payer: PayerOptions

  @Option(
    name: [.customLong("form"), .customLong("output")],
    help: "text, html for a page to print, or fhir for an ExplanationOfBenefit on a line of its own.")
  var form: LetterForm = .text

  func run() async throws {
    do {
      let rules = try RuleSource(folder: plans ?? Settings.text(.plans), ruleset: nil)
      let terms = try LetterTerms(rules.ruleset, rules.services, payer: payer.path)
      try await write(from: try await store.store.openForReading(), terms)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func write(from store: ClaimStore, _ terms: LetterTerms) async throws {
    var output = Output()
    if form == .fhir {
      for explanation in try await explanations(in: store) { output.bytes(explanation.bytes + [UInt8(ascii: "\n")]) }
      return output.flush()
    }
    for (_, letter) in try await EOBLetters(store, terms: terms).letters(named: id) {
      switch form {
      case .text: output.line(EOBText().text(letter))
      case .html: output.line(try EOBPage().html(letter))
      case .fhir: break
      }
    }
    output.flush()
  }

  /// - Throws: `SetupError.badInput` when no claim of the name is decided; `StoreFailure`.
  private func explanations(in store: ClaimStore) async throws -> [FHIRExplanation] {
    let answers = try await FHIRAnswers(store).answers(named: id)
    let standing = answers.filter { $0.report.status != .replaced || $0.report.claimIntakeID?.text == id }
    let explanations = try standing.compactMap { try FHIRExplanation($0) }
    guard !explanations.isEmpty else {
      throw SetupError.badInput(
        "there is no explanation of claim \(id.prefix(80)) yet: it is not decided, or not closed")
    }
    return explanations
  }
}

enum LetterForm: String, ExpressibleByArgument, CaseIterable {
  case text, html, fhir
}
