import AsyncHTTPClient
package import BankProtocol
package import DurableExecution
import Foundation
import NIOCore
import NIOHTTP1
import Signatures

/// The client of a bank server.
///
/// It sends each request once. If a response is lost, the client does not interpret the loss: it reports "unclear", and
/// the owner of the payment asks for the outcome.
package final class HTTPPaymentBank: PaymentBank {
  fileprivate let url: BankURL
  private let client: HTTPClient
  private let timeout: TimeAmount
  private let concurrency: Int
  /// What the bank is held to; nil for any bank.
  private let trust: BankTrust?

  /// - Parameters:
  ///   - trust: the bank that requests are meant for. Another bank at the address refuses them, and a response that is
  ///     not from this bank, or lacks its signature, counts as none.
  ///   - timeout: the time limit for one request, from the first byte sent to the last one read.
  ///   - concurrency: the maximum number of requests of one batch under way at a time.
  package init(
    _ url: BankURL, trusting trust: BankTrust? = nil, timeout: Duration = .seconds(10), concurrency: Int = 16
  ) {
    precondition(concurrency > 0, "a batch needs at least one request under way")
    self.url = url
    self.timeout = TimeAmount(timeout)
    self.concurrency = concurrency
    self.trust = trust
    var configuration = HTTPClient.Configuration(
      // A redirect could send a payment elsewhere.
      redirectConfiguration: .disallow,
      timeout: .init(connect: min(self.timeout, .seconds(5)), read: self.timeout, write: self.timeout))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = concurrency
    // Otherwise a refused connection is retried until the timeout and reported as a timeout.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(configuration: configuration)
  }

  /// Closes the connections in the background; no requests are under way, because each one holds a reference.
  deinit { client.shutdown { _ in } }

  /// Checks that the bank responds.
  ///
  /// - Returns: the failure if it does not; nil if the bank can be reached.
  package func unreachable() async -> ActivityFailure? {
    switch await send({ HTTPClientRequest(url: url.appending("health")) }) {
    case .failure(let failure): failure
    case .success(let response): response.status == 200 ? nil : .gatewayStatus(response.status, url.place)
    }
  }

  /// Asks who answers at the address. It is the only request that names no bank.
  ///
  /// - Throws: `ActivityFailure` when no bank answers.
  package func identity() async throws(ActivityFailure) -> BankIdentity {
    do {
      let request = HTTPClientRequest(url: url.appending(".well-known", "jwks.json"))
      let (response, body) = try await answer(to: request)
      guard let bank = response.headers.first(name: BankHeader.bankID) else {
        throw response.status == .ok
          ? ActivityFailure.gatewayNonsense(url.place) : .gatewayStatus(Int(response.status.code), url.place)
      }
      // A bank that signs nothing has no such page.
      guard response.status == .ok else { return BankIdentity(bank: BankID(bank), key: nil) }
      guard let key = try KeySet(parsing: Array(body.readableBytesView)).all.only else {
        throw ActivityFailure.gatewayNonsense(url.place)
      }
      return BankIdentity(bank: BankID(bank), key: key)
    } catch let failure as ActivityFailure {
      throw failure
    } catch is KeyDefect {
      throw .gatewayNonsense(url.place)
    } catch {
      throw .gateway(error, at: url.place)
    }
  }

  package func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let document = PrepareDocument(
          trackingID: order.trackingID, payer: order.payer, payee: order.payee, amount: order.amount,
          reference: order.reference, origin: order.origin, corrects: order.corrects)
        let reply = await reply(as: PreparedPayment.self, where: { $0.isWellFormed }) {
          try post(.prepare, document, url.appending("payments"), order.idempotencyKey, order.epoch)
        }
        return (order.trackingID, reply)
      })
  }

  package func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let answer = await send {
          let commit = url.appending("payments", order.trackingID.text, "commit")
          return try post(.commit, nil, commit, order.idempotencyKey, order.epoch, order.trackingID)
        }
        switch answer {
        case .success(let response): return (order.trackingID, self.answer(response).committed(order))
        case .failure(let failure): return (order.trackingID, .unclear(failure))
        }
      })
  }

  package func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let answer = await send {
          var request = HTTPClientRequest(url: url.appending("payments", order.trackingID.text))
          request.headers.add(name: BankHeader.idempotencyKey, value: order.idempotencyKey)
          request.headers.add(name: BankHeader.fencingEpoch, value: "\(order.epoch)")
          try sign(
            &request,
            SignedParts(
              .standing, idempotencyKey: order.idempotencyKey, trackingID: order.trackingID, epoch: order.epoch))
          return request
        }
        let standing: RemoteStanding<BankReceipt> =
          switch answer {
          case .success(let response): self.answer(response).standing(of: order)
          case .failure(let failure): .unknown(failure)
          }
        return (order.trackingID, standing)
      })
  }

  package func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let answer = await send {
          let void = url.appending("payments", order.trackingID.text, "void")
          let document = VoidDocument(reason: order.reason)
          return try post(.void, document, void, order.idempotencyKey, order.epoch, order.trackingID)
        }
        switch answer {
        case .success(let response): return (order.trackingID, self.answer(response).voided(order))
        case .failure(let failure): return (order.trackingID, .unclear(failure))
        }
      })
  }

  private func reply<Value: Decodable & Sendable>(
    as type: Value.Type, where makesSense: (Value) -> Bool, to request: () throws -> HTTPClientRequest
  ) async -> RemoteReply<Value> {
    switch await send(request) {
    case .success(let response):
      answer(response).reply(as: type, where: makesSense)
    case .failure(let failure):
      .unclear(failure)
    }
  }

  private func answer(_ response: BankResponse) -> BankAnswer {
    BankAnswer(response: response, place: url.place, receipts: trust?.receipts ?? .ignored)
  }

  fileprivate func send(_ request: () throws -> HTTPClientRequest) async -> Result<BankResponse, ActivityFailure> {
    let id = UUID().uuidString
    do {
      var request = try request()
      request.headers.add(name: BankHeader.requestID, value: id)
      if let trust { request.headers.add(name: BankHeader.bankID, value: trust.bank.text) }
      let (response, body) = try await answer(to: request)
      // A connection out of step returns the response to the previous request: a true response, but about another
      // payment.
      guard response.headers.first(name: BankHeader.requestID) == id else {
        return .failure(.gatewayNonsense(url.place))
      }
      let (named, key) = (
        response.headers.first(name: BankHeader.bankID), response.headers.first(name: BankHeader.bankKey)
      )
      if let refusal = trust?.refusal(bankID: named, bankKey: key, from: url.place) { return .failure(refusal) }
      return .success(
        BankResponse(
          status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type") ?? "",
          body: Data(body.readableBytesView), receipt: response.headers.first(name: BankHeader.receipt)))
    } catch {
      return .failure(.gateway(error, at: url.place))
    }
  }

  /// Reads the whole response within the timeout: a bank that sends a byte now and then is as good as silent.
  private func answer(to request: HTTPClientRequest) async throws -> (HTTPClientResponse, ByteBuffer) {
    try await withThrowingTaskGroup(of: (HTTPClientResponse, ByteBuffer).self) { [client, timeout] group in
      group.addTask {
        let response = try await client.execute(request, timeout: timeout)
        return (response, try await response.body.collect(upTo: Self.answerLimit))
      }
      group.addTask {
        try await Task.sleep(for: .nanoseconds(timeout.nanoseconds))
        throw HTTPClientError.deadlineExceeded
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw HTTPClientError.deadlineExceeded }
      return first
    }
  }

  private func post(
    _ operation: SignedParts.Operation, _ document: (any Encodable)?, _ url: String, _ key: String, _ epoch: Epoch,
    _ trackingID: TrackingID? = nil
  ) throws -> HTTPClientRequest {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: BankHeader.idempotencyKey, value: key)
    request.headers.add(name: BankHeader.fencingEpoch, value: "\(epoch)")
    let body = try document.map { Array(try JSONEncoder().encode($0)) } ?? []
    if document != nil {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(body)
    }
    try sign(
      &request,
      SignedParts(operation, idempotencyKey: key, trackingID: trackingID, epoch: epoch, body: body))
    return request
  }

  fileprivate func sign(_ request: inout HTTPClientRequest, _ parts: SignedParts) throws {
    guard let trust, let signer = trust.signer else { return }
    request.headers.add(name: BankHeader.signature, value: try signer.signature(of: parts, for: trust.bank))
  }

  /// The maximum response size in bytes. A response has a few hundred; a page of transfers is the longest.
  private static let answerLimit = 1024 * 1024
}

// The bank's books over the network, for reconciliation.
extension HTTPPaymentBank: BankBooks {
  /// - Throws: `ActivityFailure`; so do the methods below.
  package func statement() async throws -> BankStatement {
    try await read(BankStatement.self) {
      var request = HTTPClientRequest(url: self.url.appending("statement"))
      try self.sign(&request, SignedParts(.books))
      return request
    }
  }

  package func transfers(references: [String]) async throws -> [BankTransfer] {
    var transfers: [BankTransfer] = []
    for start in stride(from: 0, to: references.count, by: Self.searchLimit) {
      let part = Array(references[start..<min(start + Self.searchLimit, references.count)])
      transfers += try await read(TransferList.self) {
        var request = HTTPClientRequest(url: self.url.appending("transfers", "search"))
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        let body = Array(try JSONEncoder().encode(TransferSearch(references: part)))
        request.body = .bytes(body)
        try self.sign(&request, SignedParts(.books, body: body))
        return request
      }.transfers
    }
    return transfers.sorted { $0.number < $1.number }
  }

  package func transfers(after number: Int64, limit: Int) async throws -> [BankTransfer] {
    try await read(TransferList.self) {
      let page = min(limit, BankLimits.transfersPerPage)
      var request = HTTPClientRequest(url: self.url.appending("transfers") + "?after=\(number)&limit=\(page)")
      try self.sign(&request, SignedParts(.books))
      return request
    }.transfers
  }

  /// The maximum number of references in one request, which keeps the body far below the bank's limit.
  private static let searchLimit = 200

  private func read<Document: Decodable>(
    _ type: Document.Type, _ request: () throws -> HTTPClientRequest
  ) async throws -> Document {
    let response = try await send(request).get()
    guard response.status == 200 else { throw answer(response).unclear }
    guard let document = response.document(type) else {
      throw ActivityFailure.gatewayNonsense(url.place)
    }
    return document
  }
}

extension Array {
  /// The element of an array that has exactly one.
  fileprivate var only: Element? { count == 1 ? self[0] : nil }
}

extension Array where Element: Sendable {
  /// Runs an operation on every element, at most `limit` at a time. The results may be in any order.
  func concurrently<Answer: Sendable>(
    _ limit: Int, _ work: @escaping @Sendable (Element) async -> Answer
  ) async -> [Answer] {
    await withTaskGroup(of: Answer.self) { group in
      var waiting = self[...]
      var answers: [Answer] = []
      for element in waiting.prefix(limit) { group.addTask { await work(element) } }
      waiting = waiting.dropFirst(limit)
      for await answer in group {
        answers.append(answer)
        if let next = waiting.popFirst() { group.addTask { await work(next) } }
      }
      return answers
    }
  }
}
