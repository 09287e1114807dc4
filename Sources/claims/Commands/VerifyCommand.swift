import ArgumentParser
import BankProtocol
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Verification

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every invariant of a store, and hold it against the bank's own books.",
    discussion: """
      Stored bytes against their digests; state against the fold of its events; charge = paid + adjustments on every line \
      and claim; each payment against its decision, its key, its postings and the bank; accumulators against decisions and \
      limits; audit evidence; the tables, indexes and triggers themselves. Exit status 1 when one is broken. Work that is not finished is noted; it is no break.

      EXAMPLES
        claims verify
        claims verify --store sqlite:payer.db --bank-db bank.db --plans rules-2026 --plans rules-2027
      """)

  @OptionGroup var store: StoreOptions

  @OptionGroup var bank: BankArguments

  @Option(
    help: ArgumentHelp(
      "Plans that claims were decided by, for their limits; more than once for more. The samples are always at hand.",
      valueName: "DIR"), completion: .directory)
  var plans: [String] = []

  @Option(
    help: ArgumentHelp(
      "The name those rules go by in the store, if they have one; one for each --plans, in order.", valueName: "ID"))
  var ruleset: [String] = []

  func validate() throws {
    guard ruleset.isEmpty || ruleset.count == max(plans.count, 1) else {
      throw ValidationError("name as many --ruleset as --plans, or none")
    }
  }

  func run() async throws {
    do {
      let location = store.store
      let store = try await location.openForReading()
      let connection = try await connection(to: store, at: location)
      let report = try await report(on: store, decidedBy: try rulesets(), bank: connection?.books)
      var output = Output()
      output.text(VerificationPage(report, hasBank: connection != nil).text)
      output.flush()
      if !report.isClean { throw ExitCode(ExitStatus.checkFailed) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// Returns the store's bank; nil when it is not available. A store whose tables are gone may not know its bank; then
  /// the tables are reported as the problem.
  private func connection(to store: ClaimStore, at location: StoreLocation) async throws -> BankConnection? {
    do {
      return try await BankConnection.find(bank.options, of: store, at: location, to: .look)
    } catch StoreFailure.failed(let why) {
      guard let tables = try await store.shapeComparison(), !tables.findings.isEmpty else {
        throw StoreFailure.failed(why)
      }
      return nil
    }
  }

  private func report(
    on store: ClaimStore, decidedBy rulesets: [RulesetID: Ruleset], bank: (any BankBooks)?
  ) async throws -> VerificationReport {
    try await Verifier(store: store).verify(rulesets: rulesets, bank: bank)
  }

  private func rulesets() throws -> [RulesetID: Ruleset] {
    let plans = plans.isEmpty ? [Settings.text(.plans)].compactMap(\.self) : plans
    let ruleset = ruleset.isEmpty && self.plans.isEmpty ? [Settings.text(.ruleset)].compactMap(\.self) : ruleset
    let samples = try RuleSource(folder: nil, ruleset: plans.isEmpty ? ruleset.first : nil).ruleset
    var rulesets = [samples.id: samples]
    for (index, folder) in plans.enumerated() {
      let rules = try RuleSource(folder: folder, ruleset: ruleset.isEmpty ? nil : ruleset[index]).ruleset
      rulesets[rules.id] = rules
    }
    return rulesets
  }
}
