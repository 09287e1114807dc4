package import ClaimStore
package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution

/// All that is on record about one claim, as an examiner would pull its file.
package struct ClaimFile: Sendable {
  package let row: ClaimRow
  package let response: AdjudicationResponse?
  package let payments: [PaymentRow]
  package let postings: [LedgerPosting]
  package let records: [KeyRecord]
  /// The claim that took this one's place.
  package let replacedBy: ClaimIntakeID?
  /// What people have done by hand about it, and about the claim whose place it takes.
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
      try StoredDocument.read(AdjudicationResponse.self, from: stored.bytes, "the decision of claim \(row.id)")
    }
    replacedBy = try found[reversal]?.response.map { stored in
      try StoredDocument.read(ReversalResponse.self, from: stored.bytes, "the reversal of claim \(row.id)").replacedBy
    }
    // What was done about the claim before is why this one is as it is.
    let prior = try row.revises.flatMap { try transaction.claims([$0])[$0]?.keys.intake }
    acts = try transaction.acts(on: [prior].compactMap(\.self) + keys)
    payments = try transaction.payments(of: [row.id])
    postings = try transaction.postings(of: row.id)
    told = try transaction.told(of: row.id)
  }
}
