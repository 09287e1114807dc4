import ArgumentParser
import ClaimFormats
import ClaimsApp
import ClaimsDomain
import Foundation

struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Published tables (fees, NCCI edits, code lists) as part of a ruleset.",
    subcommands: [RulesImportCommand.self, RulesListCommand.self])
}

struct RulesImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Keep published files as editions of a folder with plans.",
    discussion: """
      FILE is a file as CMS publishes it, as text, CSV, or the zip it comes in; what it is, its content says: RVU, GPCI, \
      locality county crosswalk, anesthesia base units, NCCI PTP, add-on codes, MUE, ICD-10-CM codes, places of service, CARC, RARC. From which \
      day it counts stands in its title or its name; --from and --through say it where it does not. An edition never \
      changes: the same file again is nothing new, another content under its name is refused.

      EXAMPLES
        claims rules import --into rules/ rvu25a.zip ccipra-v322r0-f1.zip
        claims rules import --into rules/ codes_pos.txt
        claims rules import --into rules/ --setting practitioner --from 2026-07-01 pairs.tsv
      """)

  @Option(
    help: ArgumentHelp("The folder that --plans reads; it is made if it is not there.", valueName: "DIR"),
    completion: .directory)
  var into: String

  @Argument(help: ArgumentHelp("Published files.", valueName: "FILE"), completion: .file())
  var files: [String]

  @Option(
    help: "Whose pairs they are, where the name of an NCCI PTP file does not say: practitioner or outpatient-hospital.")
  var setting: CodeEditSetting?

  @Option(
    name: .customLong("from"), help: ArgumentHelp("The first day of service they count on.", valueName: "YYYY-MM-DD"))
  var first: CalendarDate?

  @Option(name: .customLong("through"), help: ArgumentHelp("The last one.", valueName: "YYYY-MM-DD"))
  var last: CalendarDate?

  func run() async throws {
    var output = Output()
    var isComplete = true
    let reading = TableImport(setting: setting, first: first, last: last)
    let folder = TableFolder(in: URL(fileURLWithPath: into))
    for file in files {
      // An unusable file is reported, and the others are still kept.
      do {
        for kept in try RuleImport(reading, folder).keep(file) { output.line(kept.text) }
      } catch {
        output.flush()
        Terminal.complain("\(error)")
        isComplete = false
      }
    }
    output.flush()
    if !isComplete { throw ExitCode(ExitStatus.badInput) }
  }
}

extension CodeEditSetting: ExpressibleByArgument {}

struct RulesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "What a folder with plans holds, and the name its rules go by.")

  @Option(
    help: ArgumentHelp("A folder with plans. Without it the samples in the binary.", valueName: "DIR"),
    completion: .directory)
  var plans: String?

  func run() async throws {
    do {
      let list = try RuleList(folder: plans)
      var output = Output()
      for line in list.lines { output.line(line) }
      output.flush()
    } catch {
      throw ExitStatus.of(error)
    }
  }
}
