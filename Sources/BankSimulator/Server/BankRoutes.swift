import BankProtocol
import DurableExecution
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Signatures
import StrictText

/// The bank's HTTP interface: it reads requests, leaves all decisions to the bank, and sends the bank's responses
/// unchanged.
struct BankRoutes {
  /// The maximum body size in bytes. An order has a few hundred.
  static let bodyLimit = 16 * 1024

  let bank: Bank
  let transport: FaultyTransport
  /// Finds out who orders; nil for a bank that asks for no signatures.
  let verifier: OrderVerifier?

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
    router.get(".well-known/jwks.json") { [bank] _, _ in
      Response(BankResponse(status: 200, contentType: "application/jwk-set+json", body: Data(bank.keys.json)))
    }
  }

  /// Who has signed a request.
  ///
  /// - Throws: `BankRequestError` when the bank asks for signatures and this is none of a known issuer.
  private func issuer(of request: Request, _ parts: SignedParts) throws -> Issuer {
    guard let verifier else { return .unsigned }
    let signatures = request.headers[values: .orderSignature]
    // As a malformed request it would be refused for good, also where an earlier one has moved the money.
    guard signatures.count <= 1 else {
      throw BankRequestError(
        problem: .signatureInvalid, detail: "nothing was done; \(BankHeader.signature) must be sent once")
    }
    do throws(BankProblem) {
      return try verifier.issuer(of: signatures.first, over: parts)
    } catch {
      throw BankRequestError(problem: error, detail: "nothing was done; the bank takes orders of the issuers it knows")
    }
  }

  @Sendable private func prepare(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let key = try request.idempotencyKey()
    let epoch = try request.epoch()
    let body = try await request.bytes()
    let issuer = try issuer(of: request, SignedParts(.prepare, idempotencyKey: key, epoch: epoch, body: body))
    let document = try Request.read(PrepareDocument.self, from: body)
    let order = PaymentOrder(
      idempotencyKey: key, trackingID: document.trackingID, epoch: epoch ?? .first, payer: document.payer,
      payee: document.payee, amount: document.amount, reference: document.reference,
      origin: document.origin, corrects: document.corrects)
    return try await transport.carry(.prepare, request, context) {
      try await only(bank.prepare([order], from: issuer))
    }
  }

  @Sendable private func commit(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let (key, id, epoch) = (try request.idempotencyKey(), try context.trackingID(), try request.epoch())
    let parts = SignedParts(
      .commit, idempotencyKey: key, trackingID: id, epoch: epoch, body: try await request.bytes())
    let issuer = try issuer(of: request, parts)
    let commit = CommitRequest(idempotencyKey: key, trackingID: id, epoch: epoch ?? .first)
    return try await transport.carry(.commit, request, context) {
      try await only(bank.commit([commit], from: issuer))
    }
  }

  @Sendable private func standing(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let owner = try request.epoch().map {
      StandingRequest.Owner(idempotencyKey: try request.idempotencyKey(), epoch: $0)
    }
    let question = StandingRequest(trackingID: try context.trackingID(), owner: owner)
    let parts = SignedParts(
      .standing, idempotencyKey: owner?.idempotencyKey, trackingID: question.trackingID, epoch: owner?.epoch)
    let issuer = try issuer(of: request, parts)
    return try await transport.carry(.standing, request, context) {
      try await only(bank.standing(of: [question], from: issuer))
    }
  }

  @Sendable private func void(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let (key, id, epoch) = (try request.idempotencyKey(), try context.trackingID(), try request.epoch())
    let body = try await request.bytes()
    let issuer = try issuer(
      of: request, SignedParts(.void, idempotencyKey: key, trackingID: id, epoch: epoch, body: body))
    let reason = try Request.read(VoidDocument.self, from: body).reason
    let order = VoidOrder(idempotencyKey: key, trackingID: id, epoch: epoch ?? .first, reason: reason)
    return try await transport.carry(.void, request, context) { try await only(bank.void([order], from: issuer)) }
  }

  // MARK: The books

  /// Whose part of the books a request may read; nil for all of them, at a bank that asks for no signatures.
  private func reader(_ request: Request, _ body: [UInt8]) throws -> Issuer? {
    verifier == nil ? nil : try issuer(of: request, SignedParts(.books, body: body))
  }

  @Sendable private func statement(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let reader = try reader(request, [])
    return Response(try .json(200, try await bank.statement(for: reader)))
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
    let transfers = try await bank.transfers(after: after, limit: limit, for: try reader(request, []))
    return Response(try .json(200, TransferList(transfers: transfers)))
  }

  @Sendable private func search(_ request: Request, _ context: BankRequestContext) async throws -> Response {
    let body = try await request.bytes()
    let reader = try reader(request, body)
    let references = try Request.read(TransferSearch.self, from: body).references
    let transfers = try await bank.transfers(references: references, for: reader)
    return Response(try .json(200, TransferList(transfers: transfers)))
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
  fileprivate func header(_ name: HTTPField.Name) throws -> String? {
    let values = headers[values: name]
    guard values.count <= 1 else {
      throw BankRequestError(problem: .malformed, detail: "\(name.rawName) must be sent once")
    }
    return values.first
  }

  fileprivate func bytes() async throws -> [UInt8] {
    Array(try await body.collect(upTo: BankRoutes.bodyLimit).readableBytesView)
  }

  fileprivate static func read<Document: Decodable>(_ type: Document.Type, from bytes: [UInt8]) throws -> Document {
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
