import ArgumentParser
import BankSimulator
import ClaimOperations
import ClaimsApp
import DurableExecution
import Foundation
import Logging
import ServiceLifecycle
import Signatures
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
        claims keys issuer > payer.jwks
        claims gateway --db bank.db --issuers payer.jwks   orders of this payer only, and each of them signed

      Every transfer has a receipt that the bank signs; its key is at /.well-known/jwks.json.

      FAULTS are a list with commas, FAULT:OPERATION[:SHARE][:count=N]: lose-reply, drop, delay=200ms, error503, \
      error503-after, hang, hang-after, other-reply; at prepare, commit, standing, void or any; seed=N repeats a run. \
      GET /faults says how often each has struck.
      """)

  @Option(help: "The port to listen on; 0 takes any free one.")
  var port = 8090

  @Option(help: "The address to listen on. The default can only be reached from this machine.")
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The bank's database; made if it is not there.", valueName: "FILE"), completion: .file())
  var db: String

  @Option(help: ArgumentHelp("Inject these faults, so that clients can be tested.", valueName: "LIST"))
  var faults: String?

  @Option(help: ArgumentHelp("A payee whose account is closed: refused for good. May be repeated.", valueName: "REF"))
  var refusePayee: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take only orders that these issuers have signed: a JSON Web Key Set, or a folder of them. Keys of one issuer are "
        + "unknown to the others.", valueName: "FILE"), completion: .file())
  var issuers: String?

  @Flag(help: "Print the bank's own key as a JSON Web Key Set, and serve nothing.")
  var printKeys = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
  }

  func run() async throws {
    do {
      if printKeys { return try sayKeys() }
      let plan = try faults.map { try FaultPlan(parsing: $0) } ?? .none
      let issuers = try issuers.map { try KeyFile(path: $0, option: "--issuers").keys() }
      let bank = try Bank(path: db, refusing: Set(refusePayee))
      try await bank.refuseOtherOrders(takingSigned: issuers != nil)
      let askedFor = issuers.map { "takes signed orders of \($0.all.count) issuers only" }
      Output.say("bank: \(askedFor ?? "takes unsigned orders; --issuers FILE has it ask for signatures")")
      if !plan.rules.isEmpty { Output.say("faults: \(plan)") }
      let server = BankServer(
        bank: bank, host: host, port: port, faults: FaultInjector(plan), issuers: issuers, logger: Self.logger
      ) { [host, db] port in
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

  private func sayKeys() throws {
    guard FileManager.default.fileExists(atPath: db) else {
      throw SetupError.usage("--db \(db): there is no such bank; it gets its key when it is first started")
    }
    Output.say(String(decoding: try Bank(path: db).keys.json, as: UTF8.self))
  }

  private static var logger: Logger { ProgramLog.logger("bank", level: .warning) }
}
