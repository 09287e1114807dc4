import BankProtocol
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport

@testable import ClaimPipeline

/// Requests for the agents under test.
enum AgentRequest {
  /// Returns a claim with its stored row, which most agents require.
  static func claim(
    _ number: String, _ status: ClaimStatus, in store: ClaimStore
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
      if known.isEmpty {
        let care = ClaimCare(provider: nil, days: nil)
        try transaction.insert([StoredClaim(row: new, care: care, body: Array("{}".utf8))])
      }
      return known
    }
    return (claim, known[id] ?? row)
  }

  static func payment(
    of number: String, _ cents: Int64, to payee: String = "Juniper", in store: ClaimStore
  ) async throws -> PaymentRequest {
    let (claim, row) = try await claim(number, .adjudicated, in: store)
    return PaymentRequest(
      claim: row, payee: Payee(reference: claim.billingProvider.reference, name: payee),
      decision: DecidedAmounts(
        allowed: Money(cents: cents + 3_000), memberResponsibility: Money(cents: 3_000), planPaid: Money(cents: cents)),
      outcome: .paid)
  }
}
