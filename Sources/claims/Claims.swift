import ArgumentParser
import ClaimFormats
import Foundation
import Metrics
import Telemetry

@main
struct Claims: AsyncParsableCommand {
  /// Starts the program with a umask that keeps its files private: stores, bank books, and letters are about people's
  /// health, and only their owner may read them.
  static func main() async {
    umask(0o077)
    ProcessLimits.prepare()
    HelpText.prepare()
    do {
      do { try await Settings.load() } catch { throw ExitStatus.of(error) }
      MetricsSystem.bootstrap(PrometheusMetrics())
      try await ProgramTraces.recorded(as: configuration.version) {
        var command = try parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      }
    } catch {
      end(with: error)
    }
  }

  /// Ends the process as `exit(withError:)` does, without printing control characters from the command line's words.
  private static func end(with error: any Error) -> Never {
    var status = exitCode(for: error)
    var text = fullMessage(for: error, columns: HelpText.wholeLines)
    if HelpText.isHelp(text) { text = HelpText.wrapped(text, to: HelpText.width) }
    let words = CommandLine.arguments.dropFirst()
    let isHelp = words.first == "help"
    if isHelp || status == .validationFailure,
      let unknown = UnknownCommand(in: words.dropFirst(isHelp ? 1 : 0), of: Claims.self)
    {
      (text, status) = (unknown.text, .validationFailure)
    }
    if !text.isEmpty {
      if status.isSuccess { Output.say(text) } else { Terminal.tell(text.displayedLines + "\n") }
    }
    Foundation.exit(status.rawValue)
  }

  /// Every command states its own name: to derive the names from the types would take a quarter of the program's start.
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract:
      "Takes healthcare claims to a payment: each decided once and paid once, whatever crashes, retries or races.",
    discussion: """
      A claim goes through five agents: intake, eligibility, adjudication, payment, audit. Each does its work under a \
      key derived from the business itself; run anything again, and what was done is replayed.

      EXAMPLES
        claims process claims.837 --enroll PPO     decide and pay a file; enroll members nobody knows
        claims process claims.837 --enroll PPO     again: every claim is replayed, no money moves
        claims list --status denied                find claims, the newest first
        claims show CLM-0123456789abcdef0123       why a claim was decided as it was
        claims submit inbox/ && claims work        queue now; any number of workers, on any machines
        claims serve                               the same over HTTP, for programs in any language
        claims rules import --into rules/ rvu25a.zip  keep CMS tables beside your plans
        claims verify                              check every invariant of the store
        claims demo dedup                          under a minute: what the keys prevent

      Exit status: 0 when every claim was decided or waits for a person; 65 when input was rejected (the rest is \
      processed); 69 when a store or a gateway is out of reach, a payment's outcome is not known yet, or the queue is full; \
      64 for usage; 1 when a check failed or `migrate --status` found steps pending; 70 for an internal error; 74 when \
      standard output cannot be written; 130 when it was stopped before all was done.

      An option that is not given comes from the environment (--store: CLAIMS_STORE), else from the JSON file that \
      CLAIMS_CONFIG names ({"store": "sqlite:claims.db"}).
      """,
    version: "0.1.0",
    subcommands: [
      ProcessCommand.self, CheckCommand.self, NewCommand.self, SubmitCommand.self, WorkCommand.self, ServeCommand.self,
      MCPCommand.self,
      TokensCommand.self,
      QueueCommand.self, BatchesCommand.self, HoldCommand.self, ListCommand.self, ShowCommand.self, EOBCommand.self,
      ReceiptCommand.self, ReplayCommand.self, KeysCommand.self, EffectsCommand.self, AdjustCommand.self,
      SuspenseCommand.self,
      IntakeCommand.self,
      WhatIfCommand.self, VerifyCommand.self, ReconcileCommand.self, WebhooksCommand.self, RemitCommand.self,
      AckCommand.self, EnrollCommand.self, EligibilityCommand.self, RulesCommand.self, PurgeCommand.self,
      MigrateCommand.self, GatewayCommand.self, DemoCommand.self,
    ])
}
