import ArgumentParser
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableSQLite
import Foundation

struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a file to start from: a plan, fees, members, services, a payer, or a claim.",
    discussion: """
      Each file explains itself, and those of all kinds fit together: the claim is of a member of the plan, and its services \
      have prices. An existing file is never overwritten.

      EXAMPLES
        claims new plan > HARBOR.yaml
        claims new plan --out rules/plans/FIRST.yaml
        claims new fees --out rules/fees/standard.csv
        claims new members --out rules/members/members.csv
        claims new claim --out claim.json
        claims check rules claim.json --plans rules
      """)

  @Argument(help: "plan, fees, members, services, payer or claim.")
  var kind: StartingFile

  @Option(
    help: ArgumentHelp(
      "Write the file here, and make its folder where there is none. Without it standard output.", valueName: "FILE"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "The day of care on the claim; plan, fees and coverage begin with its year. Without it today (UTC).",
      valueName: "YYYY-MM-DD"))
  var day: CalendarDate?

  func run() async throws {
    do {
      let day = day ?? SQLiteStore.systemClock().day
      guard let out else { return Output.write(Array(kind.text(for: day).utf8)) }
      try kind.write(to: out, for: day)
      Output.say("wrote \(out)")
    } catch {
      throw ExitStatus.of(error)
    }
  }
}

extension StartingFile: ExpressibleByArgument {}
