package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution
import Foundation

/// All that is on record about one claim, as an examiner would pull its file.
package struct ClaimFile: Sendable {
  package let row: ClaimRow
  package let response: AdjudicationResponse?
  package let payments: [PaymentRow]
  package let postings: [LedgerPosting]
  package let records: [KeyRecord]
  /// The claim that took this one's place.
  package let replacedBy: ClaimIntakeID?
  /// What people have done about it by hand.
  package let acts: [OperatorAct]
  /// What the provider was told of it.
  package let told: [ToldPart]

  /// - Throws: `StoreFailure`.
  package init(_ row: ClaimRow, in transaction: some ClaimTransaction) throws {
    self.row = row
    let keys = [row.keys.intake, row.keys.eligibility, row.keys.adjudication, row.keys.payment, row.keys.audit]
      .compactMap(\.self)
    let reversal = ReversalKey(claimID: row.id).text
    let found = try transaction.records(for: keys + (row.status == .replaced ? [reversal] : []))
    records = keys.compactMap { found[$0] }
    response = try row.keys.adjudication.flatMap { found[$0]?.response }.map { stored in
      do {
        return try JSONDecoder().decode(AdjudicationResponse.self, from: Data(stored.bytes))
      } catch {
        throw StoreFailure.corrupt("the decision of claim \(row.id) does not read")
      }
    }
    replacedBy = try found[reversal]?.response.map { stored in
      do {
        return try JSONDecoder().decode(ReversalResponse.self, from: Data(stored.bytes)).replacedBy
      } catch {
        throw StoreFailure.corrupt("the reversal of claim \(row.id) does not read")
      }
    }
    acts = try transaction.acts(on: keys)
    payments = try transaction.payments(of: [row.id])
    postings = try transaction.postings(of: row.id)
    told = try transaction.told(of: row.id)
  }
}
