import ArgumentParser

struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Published tables (fees, NCCI edits, code lists) as part of a ruleset.",
    subcommands: [RulesImportCommand.self, RulesListCommand.self])
}
