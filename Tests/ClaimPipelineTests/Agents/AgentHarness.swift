@testable import ClaimPipeline
import StoreSQL
import ClaimsDomain
import DurableExecution
import PaymentGateway
import SQLiteStore
import TestSupport
import Testing

/// What every agent is held to, whatever it does. Each agent gives a request, and the same request varied.
struct AgentHarness: Sendable, CustomTestStringConvertible {
  struct Answer: Equatable {
    var bytes: [UInt8]?
    var word: String
    var isReplay: Bool
  }

  enum Variation: String, Sendable, CaseIterable {
    /// The same request, made anew.
    case none
    /// The same effect asked for with other content: to be refused.
    case content
    /// Another effect: to be done.
    case effect
  }

  let agent: String
  /// Nil where the agent's key holds all of its request, so that other content is another effect.
  let refusesContent: Bool
  let run: @Sendable (ClaimsWorld, SQLiteStore, DurableRunner, Variation) async throws -> Answer

  var testDescription: String { agent }

  /// A claim's row on record, which most agents need to begin with.
  static func claim(
    _ number: String, _ status: ClaimStatus, in store: SQLiteStore
  ) async throws -> (SubmittedClaim, ClaimRow) {
    let claim = SampleClaim.make(number)
    let id = IntakeKey(of: claim).claimID
    var row = ClaimRow(
      id: id, claimNumber: claim.claimNumber, payerID: claim.payer.id, memberID: claim.memberID,
      receivedOn: CalendarDate(year: 2026, month: 4, day: 1) ?? .openEnd, ruleset: RulesetID("test-1"),
      charge: claim.charge, status: status, keys: ClaimKeys(intake: IntakeKey(of: claim).text))
    if status == .adjudicated {
      row.adjudicationID = AdjudicationID("ADJ-1")
      row.amounts = DecidedAmounts(
        allowed: Money(cents: 13_000), memberResponsibility: Money(cents: 3_000), planPaid: Money(cents: 10_000))
    }
    let new = row
    let known = try await store.transaction { transaction in
      let known = try transaction.claims([id])
      if known.isEmpty { try transaction.insert([StoredClaim(row: new, body: Array("{}".utf8))]) }
      return known
    }
    return (claim, known[id] ?? row)
  }

  static func answer<Response>(_ outcomes: [ActivityOutcome<Response>]) throws -> Answer {
    switch try #require(outcomes.first) {
    case .completed(let done): Answer(bytes: done.stored.bytes, word: "completed", isReplay: done.isReplay)
    case .failed(_, let isReplay): Answer(bytes: nil, word: "failed", isReplay: isReplay)
    case .inProgress: Answer(bytes: nil, word: "in progress", isReplay: false)
    case .mismatch: Answer(bytes: nil, word: "mismatch", isReplay: false)
    }
  }
}
