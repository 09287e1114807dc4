import ClaimStore
import DurableExecution
import TestSupport
import Testing

@testable import ClaimPipeline

/// Runs each agent with a request and with variations of it, to test the promises that all agents share.
enum AgentHarness: CaseIterable, Sendable, CustomTestStringConvertible {
  case intake, eligibility, adjudication, payment, closing, void, audit

  struct Answer: Equatable {
    var bytes: [UInt8]?
    var word: String
    var isReplay: Bool
  }

  enum Variation: String, Sendable, CaseIterable {
    /// The same request, created again.
    case none
    /// The same effect with other content, which must be refused.
    case content
    /// Another effect, which must be carried out.
    case effect
  }

  var testDescription: String { self == .closing ? "payment without money" : "\(self)" }

  /// False if the agent's key contains the whole request, so that other content is another effect.
  var refusesContent: Bool { self != .eligibility }

  func run(
    _ world: ClaimsWorld, _ store: ClaimStore, _ runner: DurableRunner, _ variation: Variation
  ) async throws -> Answer {
    switch self {
    case .intake: try await Self.intake(store, runner, variation)
    case .eligibility: try await Self.eligibility(store, runner, variation)
    case .adjudication: try await Self.adjudication(world, store, runner, variation)
    case .payment: try await Self.payment(world, store, runner, variation)
    case .closing: try await Self.closing(store, runner, variation)
    case .void: try await Self.void(world, store, runner, variation)
    case .audit: try await Self.audit(store, runner, variation)
    }
  }

  static func answer<Response>(_ outcome: ActivityOutcome<Response>) -> Answer {
    switch outcome {
    case .completed(let done): Answer(bytes: done.stored.bytes, word: "completed", isReplay: done.isReplay)
    case .failed(_, let isReplay): Answer(bytes: nil, word: "failed", isReplay: isReplay)
    case .inProgress: Answer(bytes: nil, word: "in progress", isReplay: false)
    case .mismatch: Answer(bytes: nil, word: "mismatch", isReplay: false)
    }
  }
}
