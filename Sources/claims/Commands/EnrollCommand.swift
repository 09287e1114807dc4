import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

struct EnrollCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enroll",
    abstract: "Take enrollment files (X12 834, FHIR) into the member directory.",
    discussion: """
      Additions, changes, terminations and reinstatements, of subscribers and dependents, also of days that are past. Each \
      is made once: a file that comes again changes nothing, though a newer one came in between. Claims that were decided \
      by what was known before are listed, and left as they are. Eligibility of a subscriber that ends (DTP*357) ends the \
      dependents' coverage too; a plan that ends (DTP*349) does so for that person only.

      Coverage is of the plan that HD04 names; health coverage that names none of ours is of the plan of --plan. Other \
      coverage (dental, vision) is passed over.

      A FHIR file has Coverages and, in the same file, their Patients. Each says what is in force: an active Coverage \
      replaces what is on record of its plan in and next to its days. Its class of type plan names the plan.

      EXAMPLES
        claims enroll members.834 --plans rules/
        cat Patient.ndjson Coverage.ndjson | claims enroll - --plan PPO
        claims enroll inbox/ --plan PPO

      Exit status: 0; 65 where a file or a person in it was refused (the others are taken in); 69 when the store is out \
      of reach.
      """)

  @Argument(help: ArgumentHelp("Files of 834 or FHIR, folders, or -.", valueName: "PATH"), completion: .file())
  var paths: [String]

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp("Your plans; without it the samples PPO, HMO and HDHP.", valueName: "DIR"),
    completion: .directory)
  var plans: String?

  @Option(help: ArgumentHelp("The plan of health coverage whose HD04 names none of ours.", valueName: "PLAN"))
  var plan: String?

  @Option(help: "text for people, json for programs.")
  var output: OutputForm = .text

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("name at least one file or folder, or - for standard input") }
  }

  func run() async throws {
    do {
      let sources = try ClaimSource.sources(paths)
      let known = try RuleSource(folder: plans ?? Settings.text(.plans), ruleset: nil).ruleset.plans.keys.sorted()
      if let plan, !known.contains(PlanID(plan)) {
        throw SetupError.usage(
          "--plan \(plan): there is no such plan; the plans are \(known.map(\.text).joined(separator: ", "))")
      }
      var page = EnrollmentPage(output)
      try await Self.take(
        sources, over: try await store.store.open(), plans: known, standard: plan.map { PlanID($0) }, page: &page)
      if let status = page.finish() { throw ExitCode(status) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private static func take(
    _ sources: [ClaimSource], over store: ClaimStore, plans: [PlanID], standard: PlanID?,
    page: inout EnrollmentPage
  ) async throws {
    let run = EnrollmentRun(over: store, plans: plans, standard: standard)
    for source in sources {
      do {
        try await run.take(source) { page.tell($0, of: source.name) }
      } catch let error as InputError where !error.isShortage {
        page.refuse("\(source.name.displayed): \(error)")
      }
    }
  }
}
