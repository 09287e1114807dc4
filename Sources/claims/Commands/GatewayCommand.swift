import ArgumentParser
import BankSimulator
import ClaimOperations
import ClaimsApp
import DurableExecution
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

struct GatewayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gateway",
    abstract: "Run the bank: a server of its own with its own database.",
    discussion: """
      It prepares, commits and voids payments, answers what became of them by their tracking id, and enforces \
      Idempotency-Key itself: the same key gets the same bytes again with Idempotent-Replay: true, another payload under \
      a used key is refused with 422.

      EXAMPLES
        claims gateway --port 8090 --db bank.db
        claims gateway --port 0 --db bank.db          any free port; it says which
        claims gateway --port 8090 --db bank.db --faults lose-reply:commit:0.3,seed=7
        claims process claims.837 --gateway http://127.0.0.1:8090

      FAULTS are a list with commas, FAULT:OPERATION[:SHARE][:count=N]: lose-reply, drop, delay=200ms, error503, \
      error503-after, hang, hang-after, other-reply; at prepare, commit, standing, void or any; seed=N repeats a run. \
      GET /faults says how often each has struck.
      """)

  @Option(help: "The port to listen on; 0 takes any free one.")
  var port = 8090

  @Option(help: "The address to listen on. The default can only be reached from this machine.")
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The bank's database; made if it is not there.", valueName: "FILE"))
  var db: String

  @Option(help: ArgumentHelp("Inject these faults, so that clients can be tested.", valueName: "LIST"))
  var faults: String?

  @Option(help: ArgumentHelp("A payee whose account is closed: refused for good. May be repeated.", valueName: "REF"))
  var refusePayee: [String] = []

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
  }

  func run() async throws {
    do {
      let plan = try faults.map { try FaultPlan(parsing: $0) } ?? .none
      let bank = try Bank(path: db, refusing: Set(refusePayee))
      if !plan.rules.isEmpty { Output.say("faults: \(plan)") }
      let server = BankServer(bank: bank, host: host, port: port, faults: FaultInjector(plan), logger: Self.logger) {
        [host, db] port in
        Output.say("bank: listening on http://\(host):\(port), database \(db)")
      }
      try await ServiceGroup(
        services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.logger
      ).run()
    } catch let error as FaultPlanError {
      throw ExitStatus.of(SetupError.usage("--faults: \(error)"))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private static var logger: Logger {
    var logger = Logger(label: "bank") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    return logger
  }
}
