package import ClaimPipeline
import AsyncHTTPClient
package import DurableExecution
import Foundation
import NIOCore
import NIOHTTP1

/// The client of a bank that is a server of its own.
///
/// It sends each request once. What an answer that got lost means is not for it to say: it says "unclear", and
/// whoever owns the payment asks.
package final class HTTPPaymentBank: PaymentBank {
  private let url: BankURL
  private let client: HTTPClient
  private let timeout: TimeAmount
  private let concurrency: Int

  /// - Parameters:
  ///   - timeout: for one request, from the first byte sent to the last one read.
  ///   - concurrency: how many requests of one batch are under way at a time.
  package init(_ url: BankURL, timeout: Duration = .seconds(10), concurrency: Int = 16) {
    precondition(concurrency > 0, "a batch needs at least one request under way")
    self.url = url
    self.timeout = TimeAmount(timeout)
    self.concurrency = concurrency
    var configuration = HTTPClient.Configuration(
      // A redirect could send a payment elsewhere.
      redirectConfiguration: .disallow,
      timeout: .init(connect: min(self.timeout, .seconds(5)), read: self.timeout, write: self.timeout))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = concurrency
    // Otherwise a refused connection is tried again until the timeout and reported as one.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(configuration: configuration)
  }

  /// Its connections are closed in the background; requests under way hold a reference, so there are none.
  deinit { client.shutdown { _ in } }

  /// Asks for nothing but an answer.
  ///
  /// - Returns: why there is none; nil when the bank is there.
  package func unreachable() async -> ActivityFailure? {
    switch await send({ HTTPClientRequest(url: url.appending("health")) }) {
    case .failure(let failure): failure
    case .success(let response): response.status == 200 ? nil : .gatewayStatus(response.status, url.place)
    }
  }

  package func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let document = PrepareDocument(
          trackingID: order.trackingID, payee: order.payee, amount: order.amount, reference: order.reference)
        let reply = await reply(as: PreparedPayment.self, where: { _ in true }) {
          try post(document, url.appending("payments"), order.idempotencyKey, order.epoch)
        }
        return (order.trackingID, reply)
      })
  }

  package func commit(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<BankReceipt>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let reply = await reply(as: BankReceipt.self, where: { $0.settles(order) }) {
          let commit = url.appending("payments", order.trackingID.text, "commit")
          return try post(nil, commit, order.idempotencyKey, order.epoch)
        }
        return (order.trackingID, reply)
      })
  }

  package func standing(of orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteStanding<BankReceipt>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let answer = await send {
          var request = HTTPClientRequest(url: url.appending("payments", order.trackingID.text))
          request.headers.add(name: BankHeader.idempotencyKey, value: order.idempotencyKey)
          request.headers.add(name: BankHeader.fencingEpoch, value: "\(order.epoch)")
          return request
        }
        let standing: RemoteStanding<BankReceipt> =
          switch answer {
          case .success(let response): BankAnswer(response: response, place: url.place).standing(of: order)
          case .failure(let failure): .unknown(failure)
          }
        return (order.trackingID, standing)
      })
  }

  package func void(_ orders: [VoidOrder]) async -> Answers<TrackingID, RemoteReply<VoidReceipt>> {
    Answers(
      await orders.concurrently(concurrency) { [self] order in
        let reply = await reply(as: VoidReceipt.self, where: { $0.trackingID == order.trackingID }) {
          let void = url.appending("payments", order.trackingID.text, "void")
          return try post(VoidDocument(reason: order.reason), void, order.idempotencyKey, order.epoch)
        }
        return (order.trackingID, reply)
      })
  }

  private func reply<Value: Decodable & Sendable>(
    as type: Value.Type, where makesSense: (Value) -> Bool, to request: () throws -> HTTPClientRequest
  ) async -> RemoteReply<Value> {
    switch await send(request) {
    case .success(let response):
      BankAnswer(response: response, place: url.place).reply(as: type, where: makesSense)
    case .failure(let failure):
      .unclear(failure)
    }
  }

  private func send(_ request: () throws -> HTTPClientRequest) async -> Result<BankResponse, ActivityFailure> {
    let id = UUID().uuidString
    do {
      var request = try request()
      request.headers.add(name: BankHeader.requestID, value: id)
      let response = try await client.execute(request, timeout: timeout)
      let body = try await response.body.collect(upTo: Self.answerLimit)
      // A connection out of step gives each request the answer to the one before: true, and about another payment.
      guard response.headers.first(name: BankHeader.requestID) == id else {
        return .failure(.gatewayNonsense(url.place))
      }
      return .success(
        BankResponse(
          status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type") ?? "",
          body: Data(body.readableBytesView)))
    } catch {
      return .failure(.gateway(error, at: url.place))
    }
  }

  private func post(
    _ document: (any Encodable)?, _ url: String, _ key: String, _ epoch: Epoch
  ) throws -> HTTPClientRequest {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: BankHeader.idempotencyKey, value: key)
    request.headers.add(name: BankHeader.fencingEpoch, value: "\(epoch)")
    if let document {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(try JSONEncoder().encode(document))
    }
    return request
  }

  /// In bytes; an answer is a few hundred.
  private static let answerLimit = 64 * 1024
}
