import AsyncHTTPClient
import BankSimulator
import Foundation
import Logging
import NIOCore
import Subprocess
import SystemPackage
import TestSupport

/// A separate `claims gateway` process with its own port.
struct Gateway: Sendable {
  struct DidNotStart: Error {}

  let url: String
  let processIdentifier: ProcessIdentifier

  /// Runs the bank while the work runs, and then asks it to end.
  ///
  /// - Throws: `DidNotStart`, and any error from the work.
  static func open<Value: Sendable>(
    in office: Office, database: String = "claims.bank.db", port: Int = 0, faults: String? = nil,
    issuers: String? = nil, environment: [String: String] = [:], _ work: @Sendable (Gateway) async throws -> Value
  ) async throws -> (value: Value, ended: Ended.Way) {
    let arguments =
      ["gateway", "--port", "\(port)", "--db", database] + (faults.map { ["--faults", $0] } ?? [])
      + (issuers.map { ["--issuers", $0] } ?? [])
    let record = try await Subprocess.run(
      .path(FilePath(Program.path())), arguments: Arguments(arguments),
      environment: .inherit.updating(Program.variables(environment)),
      workingDirectory: FilePath(office.folder),
      input: .none, output: .sequence, error: .discarded
    ) { process in
      var said = ""
      for try await buffer in process.standardOutput {
        said += buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        guard let address = said.firstMatch(of: /listening on (http:\S+),/)?.output.1 else { continue }
        let gateway = Gateway(url: String(address), processIdentifier: process.processIdentifier)
        let result: Result<Value, any Error>
        do {
          result = .success(try await work(gateway))
        } catch {
          result = .failure(error)
        }
        try process.send(signal: .terminate)
        return try result.get()
      }
      throw DidNotStart()
    }
    return (record.closureResult, Ended.Way(record.terminationStatus))
  }

  /// The number of faults that have occurred.
  func strikes() async throws -> Int { try await faults().reduce(0) { $0 + $1.fired } }

  /// The number of occurrences of each fault, as the bank reports it.
  func faults() async throws -> [FaultCount] {
    let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: "\(url)/faults"), timeout: .seconds(60))
    let body = try await response.body.collect(upTo: 1 << 16)
    return try JSONDecoder().decode(FaultReport.self, from: Data(body.readableBytesView)).faults
  }
}

/// A bank that this process serves until the object is deinitialized.
final class OfficeBank: Sendable {
  let url: String
  private let serving: Task<Void, Never>

  init(_ bank: Bank) async throws {
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "bank")
    logger.logLevel = .critical
    let server = BankServer(bank: bank, port: 0, logger: logger) { listening.yield($0) }
    serving = Task(executorPreference: ServingExecutor.shared) {
      try? await server.run()
      listening.finish()
    }
    guard let port = await ports.first(where: { _ in true }) else { throw Gateway.DidNotStart() }
    url = "http://127.0.0.1:\(port)"
  }

  deinit { serving.cancel() }
}
