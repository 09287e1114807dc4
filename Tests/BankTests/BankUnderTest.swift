import BankClient
import BankProtocol
import BankSimulator
import ClaimPipeline
import Logging
import Signatures
import TestSupport

/// The two ways to reach a bank. Both keep the same promises.
enum BankUnderTest: String, CaseIterable, Sendable {
  case embedded
  case overHTTP

  /// Opens a bank in the folder and runs the body with a client of the bank and with the bank itself, whose books are
  /// authoritative.
  func open(
    in folder: BankFolder, refusing payees: Set<String> = [], _ body: (any PaymentBank, Bank) async throws -> Void
  ) async throws {
    let bank = try folder.open(refusing: payees)
    switch self {
    case .embedded:
      try await body(EmbeddedBank(bank), bank)
    case .overHTTP:
      try await withBankServer(bank) { url in try await body(HTTPPaymentBank(url, timeout: .seconds(120)), bank) }
    }
  }
}

/// Serves a bank on a free port of this machine while the body runs.
func withBankServer(
  _ bank: Bank, faults: FaultInjector = FaultInjector(.none), issuers: KeySet? = nil,
  readTimeout: Duration = .seconds(30),
  _ body: (BankURL) async throws -> Void
) async throws {
  let (ports, listening) = AsyncStream.makeStream(of: Int.self)
  var logger = Logger(label: "bank")
  logger.logLevel = .critical
  let server = BankServer(
    bank: bank, port: 0, faults: faults, issuers: issuers, readTimeout: readTimeout, logger: logger
  ) {
    listening.yield($0)
  }
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask(executorPreference: ServingExecutor.shared) {
      defer { listening.finish() }
      try await server.run()
    }
    for await port in ports {
      try await body(BankURL("http://127.0.0.1:\(port)"))
      break
    }
    group.cancelAll()
    try await group.waitForAll()
  }
}

extension Duration {
  /// A timeout that is longer than any answer takes while all tests run in parallel. A test of timeouts uses a shorter
  /// one.
  static var patience: Duration { .seconds(60) }
}
