import BankProtocol
import ClaimPipeline
import Logging
import BankClient
import BankSimulator

/// The two ways to a bank; whatever one promises, the other does.
enum BankUnderTest: String, CaseIterable, Sendable {
  case embedded
  case overHTTP

  /// Opens a bank in the folder, runs the body with a client of it and with the bank itself, whose books are what counts.
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
  _ bank: Bank, faults: FaultInjector = FaultInjector(.none), readTimeout: Duration = .seconds(30),
  _ body: (BankURL) async throws -> Void
) async throws {
  let (ports, listening) = AsyncStream.makeStream(of: Int.self)
  var logger = Logger(label: "bank")
  logger.logLevel = .critical
  let server = BankServer(bank: bank, port: 0, faults: faults, readTimeout: readTimeout, logger: logger) {
    listening.yield($0)
  }
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
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
  /// Longer than any answer takes where all tests run at once; who is to see a timeout has less.
  static var patience: Duration { .seconds(60) }
}
