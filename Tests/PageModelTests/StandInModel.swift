import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// An endpoint for chat completions in this process that does as it is told, and counts what it would charge for.
final class StandInModel: Sendable {
  enum Behavior: Sendable {
    case answers(status: Int, body: String)
    /// Charges, and has no answer before the client gives up.
    case hangs
  }

  struct Question: Sendable {
    let headers: HTTPFields
    let body: [UInt8]
  }

  let url: String
  private let inbox: Inbox

  private final class Inbox: Sendable {
    private let kept = Mutex<[Question]>([])
    var questions: [Question] { kept.withLock { $0 } }
    func keep(_ question: Question) { kept.withLock { $0.append(question) } }
  }

  struct DidNotStart: Error {}

  init(_ behavior: Behavior) async throws {
    let inbox = Inbox()
    let router = Router()
    router.get("v1/models") { _, _ in Response(status: .ok) }
    router.post("v1/chat/completions") { request, _ -> Response in
      let body = try await request.body.collect(upTo: 1 << 24)
      inbox.keep(Question(headers: request.headers, body: Array(body.readableBytesView)))
      switch behavior {
      case .answers(let status, let body):
        return Response(
          status: .init(code: status), headers: status == 302 ? [.location: "/v1/models"] : [:],
          body: .init(byteBuffer: ByteBuffer(string: body)))
      case .hangs:
        try await Task.sleep(for: .seconds(600))
        return Response(status: .ok)
      }
    }
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "model")
    logger.logLevel = .critical
    let server = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { listening.yield($0.localAddress?.port ?? 0) }, logger: logger)
    Task {
      try? await server.run()
      listening.finish()
    }
    guard let port = await ports.first(where: { _ in true }) else { throw DidNotStart() }
    url = "http://127.0.0.1:\(port)/v1"
    self.inbox = inbox
  }

  /// What the model was asked, and would charge for.
  var questions: [Question] { inbox.questions }
}
