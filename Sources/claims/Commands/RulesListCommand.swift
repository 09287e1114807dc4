import ArgumentParser
import ClaimsApp

struct RulesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "What a folder with plans holds, and the name its rules go by.")

  @Option(help: ArgumentHelp("A folder with plans. Without it the samples in the binary.", valueName: "DIR"))
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
