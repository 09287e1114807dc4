import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Everything on record about one claim, read at one moment. The checks are functions of it.
package struct ClaimDossier: Sendable {
  package let row: ClaimRow
  /// Nil when the text is gone or does not read.
  package let submitted: SubmittedClaim?
  /// In the order in which they were written.
  package let events: [EffectEvent]
  /// Nil when an event does not read.
  package let fold: ClaimFold?
  package let decisions: [StoredDecision]
  package let payments: [PaymentRow]
  /// Under the keys of its decision and its payments.
  package let postings: [LedgerPosting]
  package let audits: [AuditRow]
  /// By the key of the payment.
  package let sagas: [KeyText: SagaRecord]
  /// Every key that the claim, its rows or its events name, and what is there under it.
  package let keys: [KeyText: KeyRow]
  let readings: [KeyText: KeyReading]
  /// The claim's eligibility answer as it was when that was taken out of use; more than one if it was so often.
  let retiredCoverage: [EligibilityResponse]
  /// At the places where the decision expects any.
  var entries: [AccumulatorRow] = []
  /// What it was decided by; nil when that is not at hand.
  var ruleset: Ruleset?

  package var id: ClaimIntakeID { row.id }

  var subject: String { "claim \(row.id)" }

  /// Every key that is named by the claim itself or by a row or an event of it.
  var namedKeys: Set<KeyText> {
    var named = Set([row.keys.intake, row.keys.adjudication, row.keys.payment, row.keys.audit].compactMap(\.self))
    named.formUnion(decisions.map(\.effectKey))
    named.formUnion(payments.map(\.effectKey))
    named.formUnion(audits.map(\.effectKey))
    named.formUnion(events.map(\.key))
    return named
  }

  /// What was decided; nil before that, and when the answer cannot be believed.
  var adjudication: AdjudicationResponse? {
    guard let key = row.keys.adjudication, case .adjudication(let response)? = readings[key] else { return nil }
    return response
  }

  var decision: Decision? {
    guard case .decided(let decision)? = adjudication?.verdict else { return nil }
    return decision
  }

  /// Under which the claim was undone, if it was.
  var reversalKey: KeyText { ReversalKey(claimID: id).text }

  func events(of key: KeyText) -> [EffectEvent] { events.filter { $0.key == key } }

  /// Whether each outcome that the claim's row names has its event, so that the fold can be the whole story.
  var hasWholeHistory: Bool {
    [row.keys.intake, row.keys.adjudication, row.keys.payment, row.keys.audit].compactMap(\.self).allSatisfy { name in
      guard let key = keys[name], key.status != .pending else { return true }
      return events.contains { $0.key == name && $0.epoch == key.epoch }
    }
  }

  /// The claim's status where row and events agree on it. What is in dispute is reported as such, and nothing else is
  /// measured by it.
  var agreedStatus: ClaimStatus? {
    guard hasWholeHistory else { return row.status }
    return fold?.status == row.status ? row.status : nil
  }

  /// What the decision should have added to the year's totals, by each snapshot of coverage it may rest on. Empty when
  /// that cannot be said, because what it would be worked out from is broken or gone.
  ///
  /// - Throws: `MoneyError.overflow`.
  func expectedEntries() throws(MoneyError) -> [ExpectedEntries] {
    guard let key = row.keys.adjudication, let adjudication else { return [] }
    switch adjudication.verdict {
    case .suspended: return [.none]
    case .decided(let decision):
      guard let submitted else { return [] }
      var expected: [ExpectedEntries] = []
      for spans in coverageSnapshots {
        guard let entries = try ExpectedEntries(decision, of: submitted, among: spans, under: key) else { continue }
        expected.append(row.status == .replaced ? try entries.reversed(under: reversalKey) : entries)
      }
      return expected
    }
  }

  /// What the directory may have said when the claim was decided.
  var coverageSnapshots: [[Coverage]] {
    var snapshots = retiredCoverage.map(\.spans)
    if let key = row.keys.eligibility, case .eligibility(let response)? = readings[key] {
      snapshots.insert(response.spans, at: 0)
    }
    return snapshots
  }
}
