import ArgumentParser

struct RemitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remit", abstract: "Remittances (X12 835).",
    subcommands: [RemitRunCommand.self, RemitListCommand.self, RemitShowCommand.self, RemitVerifyCommand.self])
}
