import BankSimulator
import Logging
import ServiceLifecycle

/// A practice bank that is served over HTTP while work runs.
enum DemoBank {
  /// Opens a fresh bank at a path, and serves it for the duration of the work.
  static func open<Value: Sendable>(
    at path: String, _ work: @escaping @Sendable (_ bank: Bank, _ url: String) async throws -> Value
  ) async throws -> Value {
    let bank = try Bank(path: path)
    return try await serve(bank, FaultInjector(.none)) { url in try await work(bank, url) }
  }

  /// Runs the bank as a server on its own port for the duration of the work.
  static func serve<Value: Sendable>(
    _ bank: Bank, _ faults: FaultInjector, _ work: @escaping @Sendable (_ url: String) async throws -> Value
  ) async throws -> Value {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "bank")
    logger.logLevel = .critical
    let server = BankServer(bank: bank, port: 0, faults: faults, logger: logger) { continuation.yield($0) }
    let group = ServiceGroup(services: [server], logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { continuation.finish() }
        try await group.run()
      }
      guard let port = await ports.first(where: { _ in true }) else {
        try await tasks.waitForAll()
        throw DemoError.noBank
      }
      let value = try await work("http://127.0.0.1:\(port)")
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return value
    }
  }
}
