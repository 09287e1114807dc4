package import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// An endpoint for chat completions in this process, as long as the process runs. It keeps every question, and counts what it
/// would charge for.
package final class StandInModel: Sendable {
  package enum Behavior: Sendable {
    case answers(status: Int, body: [UInt8])
    /// Answers with 429 to the first questions, without work for them, and then with this body.
    case isBusy(times: Int, retryAfter: String? = nil, then: [UInt8])
    /// Charges, and never answers.
    case hangs
    /// Charges, begins an answer, and never ends it.
    case stalls

    package static func answers(status: Int = 200, _ body: String) -> Self {
      .answers(status: status, body: Array(body.utf8))
    }

    /// An answer whose message has this content.
    package static func says(_ content: String) -> Self {
      var text = ""
      for scalar in content.unicodeScalars {
        switch scalar {
        case "\"", "\\": text += "\\\(scalar)"
        case "\u{0}"..<" ": text += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: text.unicodeScalars.append(scalar)
        }
      }
      return .answers(#"{"choices":[{"message":{"role":"assistant","content":"\#(text)"}}]}"#)
    }

    /// Whether the endpoint does the work that it is paid for.
    fileprivate var charges: Bool {
      switch self {
      case .answers(let status, _): status < 400 || status >= 500
      case .isBusy(let times, _, _): times == 0
      case .hangs, .stalls: true
      }
    }

    /// The behavior after a question.
    fileprivate var next: Behavior {
      if case .isBusy(let times, let retryAfter, let body) = self, times > 0 {
        .isBusy(times: times - 1, retryAfter: retryAfter, then: body)
      } else {
        self
      }
    }
  }

  package struct Question: Sendable {
    package let headers: HTTPFields
    package let body: [UInt8]
  }

  private struct State {
    var behavior: Behavior
    var questions: [Question] = []
    var charges = 0
  }

  private final class Desk: Sendable {
    private let state: Mutex<State>

    init(_ behavior: Behavior) { state = Mutex(State(behavior: behavior)) }

    var now: State { state.withLock { $0 } }

    func become(_ behavior: Behavior) { state.withLock { $0.behavior = behavior } }

    func take(_ question: Question) -> Behavior {
      state.withLock { state in
        state.questions.append(question)
        let behavior = state.behavior
        if behavior.charges { state.charges += 1 }
        state.behavior = behavior.next
        return behavior
      }
    }
  }

  package struct DidNotStart: Error {}

  /// The base URL.
  package let url: String
  private let desk: Desk

  /// - Parameter health: the status of `GET /models`, by which a client sees whether the endpoint answers.
  package init(_ behavior: Behavior, health: Int = 200) async throws {
    let desk = Desk(behavior)
    let router = Router()
    router.get("v1/models") { _, _ in Response(status: .init(code: health)) }
    router.post("v1/chat/completions") { request, _ -> Response in
      let body = try await request.body.collect(upTo: 1 << 24)
      let question = Question(headers: request.headers, body: Array(body.readableBytesView))
      return try await Self.response(of: desk.take(question))
    }
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "model")
    logger.logLevel = .critical
    let server = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { listening.yield($0.localAddress?.port ?? 0) }, logger: logger)
    Task(executorPreference: ServingExecutor.shared) {
      try? await server.run()
      listening.finish()
    }
    guard let port = await ports.first(where: { _ in true }) else { throw DidNotStart() }
    url = "http://127.0.0.1:\(port)/v1"
    self.desk = desk
  }

  private static func response(of behavior: Behavior) async throws -> Response {
    switch behavior {
    case .answers(let status, let body):
      return Response(
        status: .init(code: status), headers: status == 302 ? [.location: "/v1/models"] : [:],
        body: .init(byteBuffer: ByteBuffer(bytes: body)))
    case .isBusy(0, _, let body): return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    case .isBusy(_, let retryAfter, _):
      return Response(status: .tooManyRequests, headers: retryAfter.map { [.retryAfter: $0] } ?? [:])
    case .hangs:
      try await Task.sleep(for: .seconds(600))
      return Response(status: .ok)
    case .stalls:
      return Response(
        status: .ok,
        body: .init { writer in
          try await writer.write(ByteBuffer(string: "{"))
          try await Task.sleep(for: .seconds(600))
          try await writer.finish(nil)
        })
    }
  }

  /// The questions so far, in the order in which they came.
  package var questions: [Question] { desk.now.questions }

  /// How many questions are paid for.
  package var charges: Int { desk.now.charges }

  /// Behaves otherwise from now on.
  package func become(_ behavior: Behavior) { desk.become(behavior) }
}
