import ArgumentParser

struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "process", abstract: "x")
  func run() async throws {}
}
