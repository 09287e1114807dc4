import ClaimStore
package import ClaimsApp
import DurableExecution
import HTTPLimits
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import ServiceLifecycle
import Tracing

/// The service over HTTP: claims in, what is on record out, the acts of examiners and operators, and keys for agents that
/// are not ours.
///
/// It is a `Service`: a graceful shutdown stops taking connections and lets requests under way finish.
package struct ClaimsServer: Service {
  private let settings: ServiceSettings
  private let application: Application<RouterResponder<APIRequestContext>>

  /// - Parameters:
  ///   - gate: what the pages pass their requests through too.
  ///   - pages: adds routes beside the API's.
  ///   - onListening: called with the port once the server can be reached.
  /// - Throws: an error of the TLS library.
  package init(
    _ app: ClaimsApp, tokens: TokenRegister, settings: ServiceSettings, gate: RequestGate, logger: Logger,
    adding pages: (Router<APIRequestContext>, RequestTally) -> Void = { _, _ in },
    onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) throws {
    self.settings = settings
    application = Application(
      router: Self.router(app, tokens: tokens, settings: settings, gate: gate, adding: pages),
      server: try Self.server(settings),
      configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.port)),
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? settings.port) },
      logger: logger)
  }

  private static func server(_ settings: ServiceSettings) throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder.http1(
      configuration: .init(
        additionalChannelHandlers: [RequestDeadline(TimeAmount(settings.readTimeout)), ClosingResponse()],
        idleTimeout: .seconds(180)))
    return try settings.certificate.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain
  }

  /// - Throws: `ServiceError` when the server cannot listen on the address.
  package func run() async throws {
    do {
      try await application.run()
    } catch let error as IOError {
      throw ServiceError.cannotListen(host: settings.host, port: settings.port, reason: error.systemReason)
    }
  }

  static func router(
    _ app: ClaimsApp, tokens: TokenRegister, settings: ServiceSettings, gate: RequestGate,
    adding pages: (Router<APIRequestContext>, RequestTally) -> Void = { _, _ in }
  ) -> Router<APIRequestContext> {
    let router = Router(context: APIRequestContext.self, options: .autoGenerateHeadEndpoints)
    let tally = RequestTally()
    let routes = RouteTable()
    if !(InstrumentationSystem.tracer is NoOpTracer) { router.add(middleware: TracingMiddleware()) }
    router.add(middleware: ProblemMiddleware(tally: tally, routes: routes))
    let watch = WatchRoutes(app: app, verification: settings.verification)
    watch.addOpen(to: router)
    watch.addKeys(to: router)
    FHIRRoutes.addOpen(to: router)

    let once = gate.once
    /// Returns the routes of callers who may do something.
    func group(_ permission: Permission, _ path: RouterPath = "v1") -> RouterGroup<APIRequestContext> {
      router.group(path).add(middleware: AccessMiddleware(tokens: tokens, rates: gate.rates))
        .add(middleware: PermissionMiddleware(permission: permission))
    }
    watch.add(to: group(.watch, ""))
    SubmitRoutes(app: app, gate: gate, settings: settings).add(to: group(.submit))
    CheckRoutes(app: app, settings: settings).add(to: group(.submit))
    AcknowledgmentRoutes(app: app, settings: settings).add(to: group(.submit))
    PredictionRoutes(app: app, settings: settings).add(to: group(.submit))
    let fhir = FHIRRoutes(app: app, once: once, settings: settings)
    fhir.addSubmitting(to: group(.submit, "fhir"))
    fhir.addReading(to: group(.read, "fhir"))
    BatchRoutes(app: app, places: StreamPlaces(settings.streamLimit)).add(to: group(.follow))
    ClaimRoutes(app: app).add(to: group(.read))
    SearchRoutes(app: app).add(to: group(.read))
    MemberRoutes(app: app).add(to: group(.read))
    KeyRoutes(app: app).add(to: group(.read))
    RemittanceRoutes(app: app).add(to: group(.read))
    ActRoutes(app: app, once: once, settings: settings).add(to: group(.decide))
    DeskRoutes(app: app, once: once).add(to: group(.decide))
    BulkRoutes(app: app, once: once, settings: settings).add(to: group(.decide))
    HoldRoutes(app: app, once: once).add(to: group(.decide))
    FormRoutes(app: app).add(to: group(.read))
    FormActRoutes(app: app, once: once, settings: settings).add(to: group(.decide))
    OperationRoutes(app: app, once: once, settings: settings).add(to: group(.operate))
    WebhookRoutes(store: app.store, once: once).add(to: group(.operate))
    PurgeRoutes(app: app, once: once).add(to: group(.operate))
    addEffects(of: app.store, worker: app.runner.worker, pacing: app.runner.pacing, to: group(.keepKeys))
    pages(router, tally)
    for route in router.routes { routes.add(template: route.path.description, method: route.method.rawValue) }
    return router
  }

  /// The routes of agents with effects of their own. They need nothing but the store.
  static func effectRouter(
    _ store: ClaimStore, worker: WorkerID, pacing: Pacing, tokens: TokenRegister
  ) -> Router<APIRequestContext> {
    let router = Router(context: APIRequestContext.self)
    router.add(middleware: ProblemMiddleware(tally: nil, routes: RouteTable()))
    let group = router.group("v1").add(middleware: AccessMiddleware(tokens: tokens, rates: nil))
      .add(middleware: PermissionMiddleware(permission: .keepKeys))
    addEffects(of: store, worker: worker, pacing: pacing, to: group)
    return router
  }

  private static func addEffects(
    of store: ClaimStore, worker: WorkerID, pacing: Pacing, to group: RouterGroup<APIRequestContext>
  ) {
    EffectRoutes(store, worker: worker).add(to: group)
    PreparationRoutes(store).add(to: group)
    KeyStrategyRoutes().add(to: group)
    LockRoutes(store, worker: worker, pacing: pacing).add(to: group)
  }
}

/// The reason that the service does not run.
package enum ServiceError: Error, Hashable, CustomStringConvertible {
  case cannotListen(host: String, port: Int, reason: String)

  /// One line for people, with what to do.
  package var description: String {
    switch self {
    case .cannotListen(let host, let port, let reason):
      "the service cannot listen on \(host):\(port): \(reason); choose another address, or port 0 for any free one"
    }
  }
}
