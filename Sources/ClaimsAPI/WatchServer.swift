package import ClaimsApp
import HTTPLimits
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// Answers `/health`, `/ready` and `/metrics` for a process that serves nothing else. It asks for no token, and says nothing
/// about any claim.
package struct WatchServer: Service {
  private let host: String
  private let port: Int
  private let application: Application<RouterResponder<APIRequestContext>>

  /// - Parameters:
  ///   - port: 0 selects any free port.
  ///   - onListening: called with the port once the server can be reached.
  package init(
    _ app: ClaimsApp, host: String, port: Int, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) async -> Void
  ) {
    (self.host, self.port) = (host, port)
    let router = Router(context: APIRequestContext.self)
    router.add(middleware: ProblemMiddleware(tally: nil, routes: RouteTable()))
    let routes = WatchRoutes(app: app, verification: nil)
    routes.addHealth(to: router)
    routes.add(to: router.group())
    application = Application(
      router: router,
      server: .http1(
        configuration: .init(additionalChannelHandlers: [RequestDeadline(.seconds(10)), ClosingResponse()])),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) }, logger: logger)
  }

  /// - Throws: `ServiceError` when the server cannot listen on the address.
  package func run() async throws {
    do {
      try await application.run()
    } catch let error as IOError {
      throw ServiceError.cannotListen(host: host, port: port, reason: error.systemReason)
    }
  }
}
