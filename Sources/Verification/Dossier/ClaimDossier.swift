import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Everything on record about one claim, read at one moment. The checks are functions of the dossier.
package struct ClaimDossier: Sendable {
  package let row: ClaimRow
  /// The claim as submitted; nil when its text is gone or cannot be read.
  package let submitted: SubmittedClaim?
  /// The claim's events in the order in which they were written.
  package let events: [EffectEvent]
  /// The fold of the events; nil when one of them cannot be read.
  package let fold: ClaimFold?
  package let decisions: [StoredDecision]
  package let payments: [PaymentRow]
  /// The postings under the keys of the claim's decision, payments, and reversal.
  package let postings: [LedgerPosting]
  package let audits: [AuditRow]
  /// The payment sagas by the key of the payment.
  package let sagas: [KeyText: SagaRecord]
  /// The rows of all keys that the claim, its rows, or its events name.
  package let keys: [KeyText: KeyRow]
  let readings: [KeyText: KeyReading]
  /// The claim's eligibility answer as it was when it was retired. There is one for each time it was retired.
  let retiredCoverage: [EligibilityResponse]
  /// The accumulator entries at the places where the decision expects any.
  var entries: [AccumulatorRow] = []
  /// The ruleset that the claim was decided by; nil when it is not available.
  var ruleset: Ruleset?

  package var id: ClaimIntakeID { row.id }

  var subject: String { "claim \(row.id)" }

  /// Every key that the claim itself, or a row or an event of it, names.
  var namedKeys: Set<KeyText> {
    var named = Set([row.keys.intake, row.keys.adjudication, row.keys.payment, row.keys.audit].compactMap(\.self))
    named.formUnion(decisions.map(\.effectKey))
    named.formUnion(payments.map(\.effectKey))
    named.formUnion(audits.map(\.effectKey))
    named.formUnion(events.map(\.key))
    return named
  }

  /// The adjudication; nil before the claim is decided and when the answer cannot be trusted.
  var adjudication: AdjudicationResponse? {
    guard let key = row.keys.adjudication, case .adjudication(let response)? = readings[key] else { return nil }
    return response
  }

  var decision: Decision? {
    guard case .decided(let decision)? = adjudication?.verdict else { return nil }
    return decision
  }

  /// The key under which the claim is reversed when it is replaced.
  var reversalKey: KeyText { ReversalKey(claimID: id).text }

  func events(of key: KeyText) -> [EffectEvent] { events.filter { $0.key == key } }

  /// Whether each outcome that the claim's row names has its event, so that the fold can be complete.
  var hasWholeHistory: Bool {
    [row.keys.intake, row.keys.adjudication, row.keys.payment, row.keys.audit].compactMap(\.self).allSatisfy { name in
      guard let key = keys[name], key.status != .pending else { return true }
      return events.contains { $0.key == name && $0.epoch == key.epoch }
    }
  }

  /// The claim's status if row and events agree on it; otherwise nil. A disagreement is reported by its own check, and
  /// other checks do not rely on a disputed status.
  var agreedStatus: ClaimStatus? {
    guard hasWholeHistory else { return row.status }
    return fold?.status == row.status ? row.status : nil
  }

  /// Returns what the decision should have added to the year's totals, for each coverage snapshot that it may rest on.
  /// The result is empty when this cannot be determined because its sources are broken or gone.
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

  /// The coverage that the directory may have held when the claim was decided.
  var coverageSnapshots: [[Coverage]] {
    var snapshots = retiredCoverage.map(\.spans)
    if let key = row.keys.eligibility, case .eligibility(let response)? = readings[key] {
      snapshots.insert(response.spans, at: 0)
    }
    return snapshots
  }
}
