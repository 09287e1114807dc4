import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A receiver of webhooks in this process, as long as the process runs: a server that is cancelled while it accepts a
/// connection ends the process. It keeps every message, also those that it does not take.
package final class TestReceiver: Sendable {
  package struct Message: Hashable, Sendable {
    package let path: String
    package let id: String
    package let timestamp: String
    package let signatures: [String]
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }

    package func json() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
    }
  }

  /// Where it listens; any path below is the receiver's.
  package let url: String
  private let inbox: Inbox

  package struct DidNotStart: Error {}

  /// - Parameter answer: the status with which a message is answered, given the number of messages before it.
  package init(
    answer: @escaping @Sendable (_ message: Message, _ before: Int) async -> Int = { _, _ in 200 }
  ) async throws {
    let inbox = Inbox()
    let router = Router()
    router.post("**") { request, _ -> Response in
      let message = try await Message(request)
      let status = await answer(message, inbox.keep(message))
      return Response(status: .init(code: status), headers: status == 302 ? [.location: "/elsewhere"] : [:])
    }
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "receiver")
    logger.logLevel = .critical
    let server = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { listening.yield($0.localAddress?.port ?? 0) }, logger: logger)
    Task(executorPreference: ServingExecutor.shared) {
      try? await server.run()
      listening.finish()
    }
    guard let port = await ports.first(where: { _ in true }) else { throw DidNotStart() }
    url = "http://127.0.0.1:\(port)/in"
    self.inbox = inbox
  }

  /// The messages so far, in the order in which they came.
  package var messages: [Message] { inbox.messages }

  /// Returns once there are that many messages.
  package func messages(atLeast count: Int) async throws -> [Message] {
    while messages.count < count { try await Task.sleep(for: .milliseconds(20)) }
    return messages
  }
}

private final class Inbox: Sendable {
  private let kept = Mutex<[TestReceiver.Message]>([])

  var messages: [TestReceiver.Message] { kept.withLock { $0 } }

  /// - Returns: the number of messages before this one.
  func keep(_ message: TestReceiver.Message) -> Int {
    kept.withLock { kept in
      kept.append(message)
      return kept.count - 1
    }
  }
}

extension TestReceiver.Message {
  fileprivate init(_ request: Request) async throws {
    func header(_ name: String) -> String { HTTPField.Name(name).flatMap { request.headers[$0] } ?? "" }
    path = request.uri.path
    (id, timestamp) = (header("webhook-id"), header("webhook-timestamp"))
    signatures = header("webhook-signature").split(separator: " ").map(String.init)
    body = Array(try await request.body.collect(upTo: 1 << 20).readableBytesView)
  }
}
