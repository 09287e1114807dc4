import ArgumentParser
import ClaimPipeline
import ClaimsApp
import ClaimsDomain
import Foundation
import PaymentGateway

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every invariant of a store, and hold it against the bank's own books.",
    discussion: """
      Stored bytes against their digests; state against the fold of its events; charge = paid + adjustments on every line \
      and claim; each payment against its decision, its key, its postings and the bank; accumulators against decisions and \
      limits; audit evidence. Exit status 1 when one is broken. Work that is not finished is noted; it is no break.

      EXAMPLES
        claims verify
        claims verify --store sqlite:payer.db --bank-db bank.db
      """)

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp(
      "The bank's database. Without it the one beside the store, if there is one.", valueName: "FILE"))
  var bankDb: String?

  @Option(
    help: ArgumentHelp("The plans claims were decided by, for their limits; without it the samples.", valueName: "DIR"))
  var plans: String?

  @Option(help: ArgumentHelp("The name those rules go by in the store.", valueName: "ID"))
  var ruleset: String?

  func run() async throws {
    do {
      let location = store.store
      let store = try await location.openExisting()
      let bank = try bank(beside: location)
      let rules = try RuleSource(folder: plans, ruleset: ruleset).ruleset
      let report = try await report(on: store, decidedBy: rules, bank: bank)
      Output.write(Array(VerificationPage(report, hasBank: bank != nil).text.utf8))
      if !report.isClean { throw ExitCode(ExitStatus.checkFailed) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func report(
    on store: some ClaimStore, decidedBy rules: Ruleset, bank: Bank?
  ) async throws -> VerificationReport {
    try await Verifier(store: store).verify(rulesets: [rules.id: rules], bank: bank)
  }

  private func bank(beside store: StoreLocation) throws -> Bank? {
    let path = bankDb ?? store.bankPath
    guard FileManager.default.fileExists(atPath: path) else {
      guard bankDb == nil else { throw SetupError.unavailable("--bank-db \(path): there is no such file") }
      return nil
    }
    return try Bank(path: path)
  }
}
