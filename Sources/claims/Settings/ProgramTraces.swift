import ClaimOperations
import ClaimsApp
import Foundation
import StrictText
import Telemetry
import Tracing

/// The traces of the program: off, unless the settings name a collector.
enum ProgramTraces {
  /// Does the program's work, and exports what it has traced.
  ///
  /// - Throws: `ExitStatus` for a collector's address that is none; any error from the work.
  static func recorded(as version: String, _ work: @Sendable () async throws -> Void) async throws {
    guard let collector = Settings.text(.otlp) else { return try await work() }
    guard let parts = URLComponents(string: collector), parts.scheme == "http" || parts.scheme == "https",
      parts.host?.isEmpty == false, parts.user == nil, parts.query == nil, parts.fragment == nil, parts.hasPossiblePort
    else {
      throw ExitStatus.of(SetupError.badInput("CLAIMS_OTLP: name a collector, for example http://127.0.0.1:4318"))
    }
    let timeout = Settings.number(.otlpTimeout) ?? 5
    guard 1...3_600 ~= timeout else {
      throw ExitStatus.of(SetupError.badInput("CLAIMS_OTLP_TIMEOUT: give a number of seconds from 1 to 3600"))
    }
    let traces = Traces(
      to: collector, service: "claims", version: version, timeout: .seconds(timeout),
      logger: ProgramLog.logger("traces"))
    InstrumentationSystem.bootstrap(traces)
    let exporting = Task { await traces.run() }
    let result: Result<Void, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    exporting.cancel()
    await exporting.value
    await traces.export()
    try result.get()
  }
}
