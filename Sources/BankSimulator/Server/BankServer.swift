import BankProtocol
import HTTPLimits
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
package import Signatures
import Tracing

/// The bank as a server.
///
/// It is a `Service`: run it in a `ServiceGroup` that turns SIGTERM and SIGINT into a graceful shutdown, in which
/// requests under way are still answered.
package struct BankServer: Service {
  private let host: String
  private let port: Int
  private let application: Application<RouterResponder<BankRequestContext>>

  /// - Parameters:
  ///   - host: the address to listen on; the default is reachable only from this machine.
  ///   - port: the port to listen on; 0 selects any free port.
  ///   - issuers: the keys of those who may order; nil to take orders without a signature.
  ///   - readTimeout: the time limit for one request to arrive, from its first byte to its last.
  ///   - onListening: called with the port once the server can be reached.
  package init(
    bank: Bank, host: String = "127.0.0.1", port: Int, faults: FaultInjector = FaultInjector(.none),
    issuers: KeySet? = nil, readTimeout: Duration = .seconds(30), logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) {
    self.host = host
    self.port = port
    let router = Router(context: BankRequestContext.self)
    if !(InstrumentationSystem.tracer is NoOpTracer) { router.add(middleware: TracingMiddleware()) }
    router.add(middleware: RequestIDMiddleware())
    router.add(middleware: BankIdentityMiddleware(bank: bank.id, key: bank.key))
    router.add(middleware: ProblemMiddleware())
    let verifier = issuers.map { OrderVerifier(issuers: $0, bank: bank.id) }
    BankRoutes(bank: bank, transport: FaultyTransport(faults: faults), verifier: verifier).add(to: router)
    application = Application(
      router: router,
      // Clients drop idle connections after a minute; the server waits longer, so that it never closes a connection
      // just as a payment is sent on it.
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [RequestDeadline(TimeAmount(readTimeout))], idleTimeout: .seconds(180))),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
      logger: logger)
  }

  /// Serves until the task is cancelled or a graceful shutdown begins.
  ///
  /// - Throws: `BankServerError` when the server cannot listen on the address.
  package func run() async throws {
    do {
      try await application.run()
    } catch let error as IOError {
      throw BankServerError.cannotListen(host: host, port: port, reason: error.systemReason)
    }
  }
}

/// The reason that the bank's server does not run.
package enum BankServerError: Error, Hashable, CustomStringConvertible {
  case cannotListen(host: String, port: Int, reason: String)

  /// One line for people, with what to do.
  package var description: String {
    switch self {
    case .cannotListen(let host, let port, let reason):
      "the bank cannot listen on \(host):\(port): \(reason); choose another address, or port 0 for any free one"
    }
  }
}
