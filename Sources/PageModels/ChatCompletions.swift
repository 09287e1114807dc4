import AsyncHTTPClient
package import ClaimOperations
package import DurableExecution
import Foundation
import NIOCore
import NIOHTTP1

/// A model behind an endpoint for chat completions: `POST {base}/chat/completions` with a text and a picture. No redirect is
/// followed. A question is sent once, and again only while the endpoint takes no more for now (429): then it has done nothing.
package final class ChatCompletions: PageModel {
  package let name: String
  private let endpoint: ModelEndpoint
  private let token: ModelToken?
  private let timeout: TimeAmount
  private let reach: TimeAmount
  private let client: HTTPClient

  /// In bytes.
  private static let longestAnswer = 1 << 20
  /// How often a question is sent at most.
  private static let attempts = 3
  /// The pause before the next attempt where the endpoint asks for none, and the longest that it may ask for, in seconds.
  private static let (pause, longestPause) = (2, 20)

  /// - Parameters:
  ///   - name: the model, as the endpoint calls it.
  ///   - token: sent as a bearer token; nil for none.
  ///   - timeout: the limit for one question with its pauses, from the first byte sent to the last one read.
  ///   - reach: the limit for connecting, and for finding out whether the endpoint answers at all.
  package init(
    _ endpoint: ModelEndpoint, model name: String, token: ModelToken?, timeout: Duration = .seconds(60),
    reach: Duration = .seconds(10)
  ) {
    (self.endpoint, self.name, self.token) = (endpoint, name, token)
    (self.timeout, self.reach) = (TimeAmount(timeout), TimeAmount(reach))
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: min(self.timeout, self.reach), read: self.timeout, write: self.timeout))
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(configuration: configuration)
  }

  deinit { client.shutdown { _ in } }

  package func unreachable() async -> ActivityFailure? {
    do {
      switch try await send(request("models", .GET), within: reach).status {
      case 401, 403: return unreachable("does not accept the token of --send-pages-to")
      case let status where status == 429 || status >= 500: return unreachable("answered \(status)")
      default: return nil
      }
    } catch {
      return unreachable("cannot be reached")
    }
  }

  private func unreachable(_ what: String) -> ActivityFailure {
    PageModelFailure.unreachable.failure("the model at \(endpoint.place) \(what)")
  }

  package func ask(_ question: PageQuestion) async -> RemoteReply<[UInt8]> {
    let body: Data
    do {
      body = try Self.body(of: question, for: name)
    } catch {
      return .refused(PageModelFailure.refused.failure("the page cannot be put into a request"))
    }
    var request = request("chat/completions", .POST)
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: "Idempotency-Key", value: question.idempotencyKey)
    request.body = .bytes(ByteBuffer(bytes: body))
    let end = NIODeadline.now() + timeout
    do {
      var answer = try await send(request, within: timeout)
      for _ in 1..<Self.attempts {
        guard let pause = answer.pause, NIODeadline.now() + TimeAmount(pause) < end,
          (try? await Task.sleep(for: pause)) != nil
        else { break }
        answer = try await send(request, within: end - .now())
      }
      return reply(answer)
    } catch {
      return lost("gave no answer")
    }
  }

  private struct Answer {
    let status: Int
    let bytes: [UInt8]
    /// `Retry-After` in seconds.
    let retryAfter: Int?

    /// How long to wait before the question is sent again; nil if it is not.
    var pause: Duration? {
      guard status == 429, retryAfter ?? 0 <= ChatCompletions.longestPause else { return nil }
      return .seconds(max(0, retryAfter ?? ChatCompletions.pause))
    }
  }

  /// Reads the whole answer within the time limit: an endpoint that sends a byte now and then is as good as silent.
  private func send(
    _ request: HTTPClientRequest, within limit: TimeAmount
  ) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer.self) { [client] group in
      group.addTask {
        let response = try await client.execute(request, timeout: limit)
        let body = try await response.body.collect(upTo: Self.longestAnswer)
        return Answer(
          status: Int(response.status.code), bytes: Array(body.readableBytesView),
          retryAfter: response.headers.first(name: "Retry-After").flatMap { Int($0) })
      }
      group.addTask {
        try await Task.sleep(for: .nanoseconds(limit.nanoseconds))
        throw HTTPClientError.deadlineExceeded
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw HTTPClientError.deadlineExceeded }
      return first
    }
  }

  private func reply(_ answer: Answer) -> RemoteReply<[UInt8]> {
    switch answer.status {
    case 200..<300: .done(answer.bytes)
    // The server has not begun to work on such a request, except when it gave up waiting.
    case 400..<500 where answer.status != 408:
      .refused(PageModelFailure.refused.failure("the model at \(endpoint.place) answered \(answer.status)"))
    default: lost("answered \(answer.status)")
    }
  }

  private func lost(_ what: String) -> RemoteReply<[UInt8]> {
    .unclear(PageModelFailure.lost.failure("the model at \(endpoint.place) \(what)"))
  }

  private func request(_ path: String, _ method: HTTPMethod) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: "\(endpoint.base)/\(path)")
    request.method = method
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token.secret)") }
    return request
  }

  private static func body(of question: PageQuestion, for model: String) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let picture = "data:image/png;base64,\(Data(question.picture).base64EncodedString())"
    return try encoder.encode(
      ChatRequest(
        model: model, temperature: 0,
        messages: [
          .init(
            role: "user",
            content: [
              .init(type: "text", text: question.prompt), .init(type: "image_url", imageURL: .init(url: picture)),
            ])
        ]))
  }
}

/// What an endpoint for chat completions is sent.
private struct ChatRequest: Encodable {
  struct Message: Encodable {
    let role: String
    let content: [Part]
  }

  struct Part: Encodable {
    struct Address: Encodable { let url: String }

    let type: String
    var text: String?
    var imageURL: Address?

    enum CodingKeys: String, CodingKey {
      case type, text
      case imageURL = "image_url"
    }
  }

  let model: String
  let temperature: Int
  let messages: [Message]
}
