import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import Foundation

struct EligibilityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eligibility",
    abstract: "Answer inquiries (X12 270, FHIR) from the member directory.",
    discussion: """
      Each question is answered as of its day (DTP*291), else today (UTC): covered and by which plan, known and not \
      covered, or not found; for who is covered, the deductible and the out-of-pocket maximum of the year and what is \
      left of them. Nothing is written to the store. A 270 is answered with a 271, and a file with one FHIR \
      CoverageEligibilityRequest with a CoverageEligibilityResponse.

      EXAMPLES
        claims eligibility questions.270 --out answers/
        claims eligibility inbox/ --out answers/ --plans rules/
        claims eligibility request.json --out answers/

      Exit status: 0; 65 where a file was refused, or an inquiry in it cannot be answered (the others are); 69 when the store is out of reach.
      """)

  @Argument(help: ArgumentHelp("Files of 270 or FHIR, folders, or -.", valueName: "PATH"), completion: .file())
  var paths: [String]

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp("A folder for the answers, a .271 or .json for each file.", valueName: "DIR"),
    completion: .directory)
  var out: String

  @Option(
    help: ArgumentHelp("Your plans; without it the samples PPO, HMO and HDHP.", valueName: "DIR"),
    completion: .directory)
  var plans: String?

  func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("name at least one file or folder, or - for standard input") }
  }

  func run() async throws {
    do {
      let sources = try ClaimSource.sources(paths)
      try ClaimSource.refuseOneName(for: sources)
      let plans = try RuleSource(folder: plans ?? Settings.text(.plans), ruleset: nil).ruleset.plans
      let store = try await store.store.openForReading()
      do {
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      } catch {
        throw SetupError.badInput("--out \(out): the folder cannot be made; name one you may write")
      }
      let hasRefused = try await Self.answer(sources, over: store, plans: plans, to: out)
      if hasRefused { throw ExitCode(ExitStatus.badInput) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// - Returns: whether a file, or a part of one, was refused.
  private static func answer(
    _ sources: [ClaimSource], over store: ClaimStore, plans: [PlanID: BenefitPlan], to folder: String
  ) async throws -> Bool {
    let desk = EligibilityDesk(over: store, plans: plans)
    var output = Output()
    var hasRefused = false
    for source in sources {
      do {
        let isFHIR = try source.open().isFHIR
        let name = isFHIR ? source.jsonAnswerName : "\(source.answerName ?? "answers").271"
        let path = "\(folder.hasSuffix("/") ? "\(folder.dropLast())" : folder)/\(name)"
        let tally = try await isFHIR ? desk.answerFHIR(source, to: path) : desk.answer(source, to: path)
        for fault in tally.faults { Terminal.complain("\(source.name.displayed): \(fault)") }
        hasRefused = hasRefused || !tally.faults.isEmpty
        output.line(
          "\(source.name.displayed): \(tally.count.counted("inquir", one: "y", many: "ies")): \(tally.active.grouped) covered, "
            + "\(tally.inactive.grouped) not covered, \(tally.notFound.grouped) not found, "
            + "\(tally.invalid.grouped) not to be answered" + (tally.count > 0 ? "; see \(path)" : ""))
      } catch let error as InputError where !error.isShortage {
        Terminal.complain("\(source.name.displayed): \(error)")
        hasRefused = true
      }
    }
    output.flush()
    return hasRefused
  }
}

extension Int {
  /// Returns a count with a noun whose ending changes in the plural: `1 inquiry`, `2 inquiries`.
  fileprivate func counted(_ stem: String, one: String, many: String) -> String {
    "\(grouped) \(stem)\(self == 1 ? one : many)"
  }
}
