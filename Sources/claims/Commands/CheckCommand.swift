import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableSQLite

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read files and say all that is wrong with them. Nothing is written, and no store is needed.",
    discussion: """
      PATH is a file, a folder, or - for standard input. What a file is, is found by its content: claims (X12 837P and 837I \
      by their whole guide, FHIR, JSON), enrollments (834, FHIR Coverages), questions (270), remittances (835: does every \
      level balance), plans, fee schedules, provider networks, members, a payer, and the tables that CMS publishes. The rules of a \
      folder with plans are checked as a whole. Every error is told at once, with its place and what to do.

      EXAMPLES
        claims check claims.837
        claims check rules/ inbox/ --output json
        claims check members.834 --plans rules/

      Exit status: 0 when all is good (warnings lose nothing), 65 when a file has an error.
      """)

  @Argument(help: ArgumentHelp("Files, folders, or -.", valueName: "PATH"), completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "Your plans, which enrollments may name, and partners' profiles; without it the samples.", valueName: "DIR"),
    completion: .directory)
  var plans: String?

  @OptionGroup var receipt: ReceiptOption

  @Option(help: "text for people, json for programs: an object a finding, and one a file.")
  var output: OutputForm = .text

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("name at least one file or folder, or - for standard input") }
  }

  func run() async throws {
    do {
      let page = Page(CheckPage(output))
      let folder = plans ?? Settings.text(.plans)
      let rules = try rules(in: folder)
      let today = SQLiteStore.systemClock().day
      let plans = rules.map { Set($0.ruleset.plans.keys) } ?? folder.flatMap(FileCheck.plans(in:))
      // Members of one's own are in none of the samples.
      var check = FileCheck(
        plans: plans ?? [], memberPlans: folder == nil ? nil : plans,
        partners: rules?.partners ?? PartnerProfiles(), received: receipt.day.given ?? today,
        stated: receipt.day.stated(today: today)
      ) { page.page.tell($0) }
      if rules == nil, let folder, !paths.contains(folder) { page.page.tell(try check.checkRules(in: folder)) }
      for path in paths {
        if PlanFolder.isAt(path) {
          page.page.tell(try check.checkRules(in: path))
          for source in check.others(in: path) { page.page.tell(try check.check(source)) }
          continue
        }
        do {
          for source in try ClaimSource.sources([path]) { page.page.tell(try check.check(source)) }
        } catch SetupError.badInput(let reason) {
          page.page.tell(try check.refuse(path, because: reason))
        }
      }
      if let status = page.page.finish() { throw ExitCode(status) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// The rules to check by.
  ///
  /// - Returns: nil if they are faulty, which is a finding, and keeps nothing else from being checked.
  private func rules(in folder: String?) throws -> RuleSource? {
    do {
      return try RuleSource(folder: folder, ruleset: nil)
    } catch SetupError.badInput(let reason) {
      guard let folder, PlanFolder.isAt(folder) else { throw SetupError.badInput(reason) }
      return nil
    }
  }

  /// The page, for the check to tell its findings to.
  private final class Page {
    var page: CheckPage

    init(_ page: CheckPage) { self.page = page }
  }
}
