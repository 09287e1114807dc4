import ArgumentParser

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See payment dedup proven, in a folder of its own that is gone afterwards.",
    subcommands: [DedupDemo.self, CrashDemo.self])
}
