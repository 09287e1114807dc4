import BankProtocol
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Sits between the network and the bank, and injects the faults of the fault plan.
struct FaultyTransport {
  let faults: FaultInjector
  private let answered = LastAnswer()

  init(faults: FaultInjector) {
    self.faults = faults
  }

  /// How long a hanging request is held if its caller does not give up; longer than any reasonable timeout.
  private static let longestHang = Duration.seconds(3600)

  /// Runs an effect at the bank with the faults drawn for it.
  ///
  /// - Throws: `ConnectionCut` when the caller gets no response.
  func carry(
    _ operation: BankOperation, _ request: Request, _ context: BankRequestContext,
    _ effect: () async throws -> BankResponse
  ) async throws -> Response {
    let kinds = faults.strike(operation)
    for kind in kinds {
      context.logger.notice("fault", metadata: ["fault": "\(kind)", "operation": "\(operation.rawValue)"])
      switch kind {
      case .delay(let duration): try await Task.sleep(for: duration)
      case .errorBefore(let status): return try error(status, "nothing was done")
      case .drop: throw await cut(context)
      case .hang:
        await hang()
        throw await cut(context)
      case .errorAfter, .loseReply, .hangAfter, .otherReply: break
      }
    }

    let answer = try await effect()
    let earlier = answered.swap(answer, to: request.headers[.requestID])
    switch kinds.last {
    case .errorAfter(let status): return try error(status, "the request was carried out")
    case .loseReply: throw await cut(context)
    case .hangAfter:
      await hang()
      throw await cut(context)
    case .otherReply:
      guard let earlier else { throw await cut(context) }
      var response = Response(earlier.answer)
      response.headers[.requestID] = earlier.requestID
      return response
    case nil, .delay, .errorBefore, .drop, .hang: return Response(answer)
    }
  }

  /// Closes the socket itself, so that the caller sees a lost connection and not a broken response.
  private func cut(_ context: BankRequestContext) async -> ConnectionCut {
    try? await context.channel.close()
    return ConnectionCut()
  }

  private func hang() async {
    await cancelWhenGracefulShutdown { try? await Task.sleep(for: Self.longestHang) }
  }

  private func error(_ status: Int, _ detail: String) throws -> Response {
    Response(try .other(status, "The bank was told to fail", detail))
  }
}

/// The bank's last response, used to simulate a connection that is out of step.
final class LastAnswer: Sendable {
  private let last: Mutex<(answer: BankResponse, requestID: String?)?> = Mutex(nil)

  /// Stores a response and returns the previous one.
  func swap(_ answer: BankResponse, to requestID: String?) -> (answer: BankResponse, requestID: String?)? {
    last.withLock { last in
      defer { last = (answer, requestID) }
      return last
    }
  }
}

/// The connection was closed on purpose: no response can be sent.
struct ConnectionCut: Error {}

/// The response of `GET /faults`.
package struct FaultReport: Hashable, Sendable, Codable {
  /// The seed of the plan, with which the same run can be repeated.
  package let seed: UInt64
  package let faults: [FaultCount]

  init(_ injector: FaultInjector) {
    seed = injector.plan.seed
    faults = injector.counts
  }
}
