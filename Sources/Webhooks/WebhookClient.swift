import AsyncHTTPClient
import ClaimStore
import DurableExecution
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Sends messages to receivers, each once: whether it is tried again is for others to say.
final class WebhookClient: Sendable {
  private let client: HTTPClient
  private let timeout: TimeAmount

  /// The most bytes of an answer's body that are read, so that the connection can be used again. They are not looked at.
  private static let answerLimit = 16 * 1024

  /// - Parameter timeout: the time limit for one message, up to the head of the answer.
  init(timeout: Duration) {
    self.timeout = TimeAmount(timeout)
    var configuration = HTTPClient.Configuration(
      // The operator has named one place, and no other gets the message.
      redirectConfiguration: .disallow,
      timeout: .init(connect: min(self.timeout, .seconds(5)), read: self.timeout, write: self.timeout))
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(configuration: configuration)
  }

  /// Closes the connections in the background; no messages are under way, because each one holds a reference.
  deinit { client.shutdown { _ in } }

  /// What came of a message.
  enum Answer: Sendable {
    case taken(status: UInt)
    /// The receiver says that it will never take messages here.
    case gone
    /// Why the message was not taken, for the record.
    case failed(String)
  }

  func send(_ delivery: LeasedDelivery, to url: String, signedWith secrets: [WebhookSecret], at now: Timestamp) async
    -> Answer
  {
    // A receiver may be on record since before its URL was checked as it is now.
    guard (try? WebhookURL(url)) != nil else {
      return .failed("the URL is none that can be called: remove the receiver")
    }
    let (id, seconds) = (delivery.key.digest, now.microseconds / 1_000_000)
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: "User-Agent", value: "PaidOnce")
    request.headers.add(name: "webhook-id", value: id)
    request.headers.add(name: "webhook-timestamp", value: "\(seconds)")
    let signatures = secrets.map { $0.signature(of: delivery.body, id: id, at: seconds) }
    request.headers.add(name: "webhook-signature", value: signatures.joined(separator: " "))
    request.body = .bytes(delivery.body)
    do {
      let response = try await client.execute(request, timeout: timeout)
      let status = response.status.code
      await Self.drain(response)
      switch status {
      case 200..<300: return .taken(status: status)
      case 410: return .gone
      case 300..<400: return .failed("HTTP \(status): redirects are not followed")
      default: return .failed("HTTP \(status)")
      }
    } catch {
      return .failed(Self.words(for: error))
    }
  }

  /// Reads a short body for a second at most. Any other ends with its connection.
  private static func drain(_ response: HTTPClientResponse) async {
    guard let length = response.headers.first(name: "Content-Length").flatMap(Int.init),
      (1...answerLimit).contains(length)
    else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = try? await response.body.collect(upTo: answerLimit) }
      group.addTask { try? await Task.sleep(for: .seconds(1)) }
      await group.next()
      group.cancelAll()
    }
  }

  private static func words(for error: any Error) -> String {
    switch error {
    case let error as HTTPClientError:
      switch error {
      case .deadlineExceeded, .readTimeout, .writeTimeout: "no answer in time"
      case .connectTimeout, .getConnectionFromPoolTimeout: "cannot be reached in time"
      case .tlsHandshakeTimeout: "TLS was not agreed upon in time"
      case .remoteConnectionClosed: "the connection was closed before the answer"
      default: "broken: \(error.shortDescription)"
      }
    case is NIOConnectionError, is SocketAddressError: "cannot be reached"
    case is NIOSSLError, is NIOSSLExtraError: "TLS failed: its certificate is not trusted, or not for this name"
    case is IOError, is ChannelError: "the connection broke off"
    default: "broken: \(type(of: error))"
    }
  }
}
