package import ClaimStore
package import ClaimsApp
package import DurableExecution
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore

/// The service's routes without a network: for a program that speaks another protocol, so that what it does is what the
/// service does.
package struct LocalService: Sendable {
  private let responder: RouterResponder<APIRequestContext>
  private let token: String
  private let logger: Logger

  package struct Answer: Sendable {
    package let status: Int
    package let bytes: [UInt8]
    /// Whether the answer is that of an earlier request with the same key.
    package let isReplay: Bool
  }

  /// - Parameter caller: who asks: the name that is on record, and what they may do.
  package init(_ app: ClaimsApp, for caller: Caller, settings: ServiceSettings, logger: Logger) {
    token = TokenRegister.newToken()
    self.logger = logger
    responder = ClaimsServer.router(
      app, tokens: TokenRegister([(token, caller)]), settings: settings, gate: RequestGate(app, settings: settings)
    ).buildResponder()
  }

  /// Creates the routes with which agents keep keys of their own. They need nothing but the store.
  package init(effectsOf store: ClaimStore, for caller: Caller, worker: WorkerID, logger: Logger) {
    token = TokenRegister.newToken()
    self.logger = logger
    responder = ClaimsServer.effectRouter(
      store, worker: worker, pacing: .system, tokens: TokenRegister([(token, caller)])
    ).buildResponder()
  }

  /// The document that describes the routes (OpenAPI 3.1).
  package var openAPI: [UInt8] { WatchRoutes.openAPI }

  /// Asks as a request over HTTP would, and waits for another request with the same key that is under way.
  package func answer(
    _ method: String, _ path: String, _ body: [UInt8], idempotencyKey: String?
  ) async throws -> Answer {
    var headers: HTTPFields = [.authorization: "Bearer \(token)", .prefer: "wait=60", .contentType: "application/json"]
    if let idempotencyKey { headers[.idempotencyKey] = idempotencyKey }
    let head = HTTPRequest(
      method: HTTPRequest.Method(rawValue: method) ?? .get, scheme: "http", authority: "localhost", path: path,
      headerFields: headers)
    let response = try await responder.respond(
      to: Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body))),
      context: APIRequestContext(logger: logger))
    let collected = Collected()
    try await response.body.write(CollectingWriter(into: collected))
    return Answer(
      status: response.status.code, bytes: collected.bytes, isReplay: response.headers[.idempotentReplay] != nil)
  }

  /// The bytes of a body that is being written.
  private final class Collected {
    var bytes: [UInt8] = []
  }

  private struct CollectingWriter: ResponseBodyWriter {
    private let collected: Collected

    init(into collected: Collected) {
      self.collected = collected
    }

    mutating func write(_ buffer: ByteBuffer) async throws { collected.bytes += buffer.readableBytesView }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}
