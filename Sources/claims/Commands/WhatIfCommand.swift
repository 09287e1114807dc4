import ArgumentParser
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

struct WhatIfCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "See what other rules would make of decided claims, in money, and change nothing.",
    discussion: """
      Each claim is decided as `claims adjust` would decide it, and the decision is thrown away. Claims are looked at \
      500 at a time; within these, each sees what those before it would use of a deductible.

      EXAMPLES
        claims whatif --plans rules-2027/                       all claims that stand
        claims whatif A-1001 A-1002 --plans rules-2027/ --output json
      """)

  @Argument(
    help: ArgumentHelp("Claim intake ids or claim numbers; without any, all.", valueName: "ID"), completion: .claims)
  var ids: [String] = []

  @OptionGroup(title: "Deciding") var options: RunOptions

  @Option(help: "text for people, json for programs: an object for each claim that would differ, and a summary.")
  var output: OutputForm = .text

  func run() async throws {
    do {
      var configuration = options.configuration()
      (configuration.isTrial, configuration.isStoreExpected) = (true, true)
      try await compare(in: try await ClaimsApp.build(configuration))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func compare(in app: ClaimsApp) async throws {
    var output = Output()
    let difference = try await WhatIf(app).compare(ids) { claim in
      switch self.output {
      case .text: output.line(try MoneyDifferencePage.line(claim))
      case .json: output.bytes(claim.jsonLine)
      }
      output.flush()
    }
    switch self.output {
    case .text: output.line((difference.changed > 0 ? "\n" : "") + (try MoneyDifferencePage(difference).text()))
    case .json: output.bytes(difference.jsonLine)
    }
    output.flush()
  }
}
