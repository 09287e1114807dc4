import BankProtocol
import DurableExecution
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import StrictText

/// The bank's HTTP interface: it reads requests, leaves all decisions to the bank, and sends the bank's responses
/// unchanged.
struct BankRoutes {
  /// The maximum body size in bytes. An order has a few hundred.
  static let bodyLimit = 16 * 1024

  let bank: Bank
  let transport: FaultyTransport

  func add(to router: Router<BankRequestContext>) {
    router.post("payments", use: prepare)
    router.post("payments/:tracking_id/commit", use: commit)
    router.get("payments/:tracking_id", use: standing)
    router.post("payments/:tracking_id/void", use: void)
    router.get("statement", use: statement)
    router.get("transfers", use: transfers)
    router.post("transfers/search", use: search)
    router.get("health") { _, _ in Response(.texts(200, ["status": "ok"])) }
    router.get("faults") { [faults = transport.faults] _, _ in Response(try .json(200, FaultReport(faults))) }
  }

  @Sendable private func prepare(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let key = try request.idempotencyKey()
    let epoch = try request.epoch() ?? .first
    let document = try await request.read(PrepareDocument.self)
    let order = PaymentOrder(
      idempotencyKey: key, trackingID: document.trackingID, epoch: epoch, payer: document.payer,
      payee: document.payee, amount: document.amount, reference: document.reference,
      origin: document.origin, corrects: document.corrects)
    return try await transport.carry(.prepare, request, context) { try await only(bank.prepare([order])) }
  }

  @Sendable private func commit(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let commit = CommitRequest(
      idempotencyKey: try request.idempotencyKey(), trackingID: try context.trackingID(),
      epoch: try request.epoch() ?? .first)
    return try await transport.carry(.commit, request, context) { try await only(bank.commit([commit])) }
  }

  @Sendable private func standing(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let owner = try request.epoch().map {
      StandingRequest.Owner(idempotencyKey: try request.idempotencyKey(), epoch: $0)
    }
    let question = StandingRequest(trackingID: try context.trackingID(), owner: owner)
    return try await transport.carry(.standing, request, context) { try await only(bank.standing(of: [question])) }
  }

  @Sendable private func void(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let key = try request.idempotencyKey()
    let epoch = try request.epoch() ?? .first
    let reason = try await request.read(VoidDocument.self).reason
    let order = VoidOrder(idempotencyKey: key, trackingID: try context.trackingID(), epoch: epoch, reason: reason)
    return try await transport.carry(.void, request, context) { try await only(bank.void([order])) }
  }

  // MARK: The books

  @Sendable private func statement(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    Response(try .json(200, try await bank.statement()))
  }

  @Sendable private func transfers(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    guard let after = request.uri.queryParameters["after"].map({ Int64($0) }) ?? 0,
      let limit = request.uri.queryParameters["limit"].map({ Int($0) }) ?? BankLimits.transfersPerPage,
      (1...BankLimits.transfersPerPage).contains(limit)
    else {
      throw BankRequestError(
        problem: .malformed,
        detail: "after must be a transfer's number, and limit from 1 to \(BankLimits.transfersPerPage)")
    }
    return Response(try .json(200, TransferList(transfers: try await bank.transfers(after: after, limit: limit))))
  }

  @Sendable private func search(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let references = try await request.read(TransferSearch.self).references
    return Response(try .json(200, TransferList(transfers: try await bank.transfers(references: references))))
  }

  /// The response to a batch of one.
  private func only<Request>(_ answers: [BankAnswered<Request>]) throws -> BankResponse {
    guard answers.count == 1, let answer = answers.first else {
      throw BankError.unavailable(reason: "it gave no answer")
    }
    return answer.response
  }
}

extension Request {
  fileprivate func idempotencyKey() throws -> String {
    guard let key = try header(.idempotencyKey), !key.isEmpty else {
      throw BankRequestError(problem: .keyMissing, detail: "send Idempotency-Key: one key for each business effect")
    }
    return key
  }

  fileprivate func epoch() throws -> Epoch? {
    guard let text = try header(.fencingEpoch) else { return nil }
    guard let number = Int64(text) else {
      throw BankRequestError(problem: .malformed, detail: "Fencing-Epoch must be a whole number")
    }
    return Epoch(number)
  }

  /// Refuses a header that is sent twice, because it is unknown which of the two values is meant.
  private func header(_ name: HTTPField.Name) throws -> String? {
    let values = headers[values: name]
    guard values.count <= 1 else {
      throw BankRequestError(problem: .malformed, detail: "\(name.rawName) must be sent once")
    }
    return values.first
  }

  fileprivate func read<Document: Decodable>(_ type: Document.Type) async throws -> Document {
    let bytes = Array(try await body.collect(upTo: BankRoutes.bodyLimit).readableBytesView)
    do {
      return try JSONDecoder().decode(type, from: Data(try StrictJSON.checked(bytes)))
    } catch {
      // The content of the body stays out of the response and the log.
      throw BankRequestError(problem: .malformed, detail: "the body must be JSON with \(Document.self)'s fields")
    }
  }
}

extension BankRequestContext {
  fileprivate func trackingID() throws -> TrackingID {
    guard let text = parameters.get("tracking_id")?.removingPercentEncoding else {
      throw BankRequestError(problem: .malformed, detail: "the tracking id in the path cannot be read")
    }
    return TrackingID(text)
  }
}

/// A request that the bank cannot read; sent back as a problem.
struct BankRequestError: Error {
  let problem: BankProblem
  let detail: String
}

/// The context of a request: the connection it came on, which is cut if a fault requires it.
struct BankRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
