import ArgumentParser
import ClaimOperations
import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import ClaimsMCP
import DurableExecution
import Foundation
import Logging

struct MCPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Serve AI agents over standard input and output, by the Model Context Protocol.",
    discussion: """
      The tools are the service's operations. A tool that acts does so once for the same arguments: an agent that calls it \
      again, or is started again in the middle, gets the first answer. Without --role an agent reads, and changes nothing.

      EXAMPLES
        claims mcp                                           what an auditor sees
        claims mcp --role submitter --role examiner --name desk-agent --store sqlite:claims.db
      """)

  @Option(
    help: ArgumentHelp("What the agent may do: submitter, examiner, operator, auditor, agent; more than once for more.")
  )
  var role: [String] = []

  @Option(help: "The name on record for everything that the agent does.")
  var name = "mcp"

  @OptionGroup var receipt: ReceiptOption

  @OptionGroup(title: "Deciding and paying") var options: RunOptions

  func validate() throws {
    for name in role where Role(rawValue: name) == nil {
      throw ValidationError(
        "--role \(name): there is no such role; they are \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    guard TokenRegister.isName(name) else { throw ValidationError("--name has 1 to 64 letters, digits, and . _ - @") }
  }

  func run() async throws {
    do {
      var configuration = options.configuration()
      configuration.received = receipt.day
      let app = try await ClaimsApp.build(configuration)
      var settings = ServiceSettings()
      (settings.received, settings.rulesAreNamed) = (receipt.day, options.plans != nil)
      let roles = role.isEmpty ? [.auditor] : role.compactMap(Role.init(rawValue:))
      let service = LocalService(
        app, for: Caller(name: name, roles: Set(roles)), settings: settings, logger: Self.logger)
      try await Self.serve(try MCPServer(service), watching: app)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// Answers until the input ends.
  ///
  /// - Throws: `SetupError.unavailable` if the store was restored or replaced.
  private static func serve(_ server: MCPServer, watching app: ClaimsApp) async throws {
    try await withThrowingTaskGroup { group in
      group.addTask { await server.run(over: LineStream().lines) { FileHandle.standardOutput.write(Data($0)) } }
      for watch in StoreWatch.watches(app) { group.addTask { try await watch.run() } }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private static var logger: Logger { ProgramLog.logger("mcp") }
}
