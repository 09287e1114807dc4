import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks that the postings under the claim's keys are exactly those that its outcomes call for: the accrual of its
/// decision, the posting of its payment if the books accepted it, and the reversal of both if another claim has
/// replaced it. The amount owed to the provider is then whatever is not yet paid.
struct LedgerCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    guard let expected = expected(for: dossier) else { return [] }
    let posted = Set(dossier.postings)
    let missing = expected.subtracting(posted).map { posting in
      Finding(
        .ledgerFollowsClaims, dossier.subject,
        "\(posting.amount) from \(posting.debit.rawValue) to \(posting.credit.rawValue) is not posted as it should be")
    }
    let extra = posted.subtracting(expected).map { posting in
      Finding(
        .ledgerFollowsClaims, dossier.subject,
        "\(posting.amount) from \(posting.debit.rawValue) to \(posting.credit.rawValue) is posted without a reason")
    }
    return missing + extra
  }

  /// Returns nil when the postings cannot be determined because an answer they follow from is broken or gone.
  private func expected(for dossier: ClaimDossier) -> Set<LedgerPosting>? {
    var expected: Set<LedgerPosting> = []
    if let key = dossier.row.keys.adjudication {
      guard let adjudication = dossier.adjudication, let submitted = dossier.submitted else { return nil }
      if case .decided(let decision) = adjudication.verdict {
        expected.formUnion(DecisionPostings(decision, of: submitted, as: dossier.id, key: key).all)
      }
    }
    for key in Set(dossier.payments.map(\.effectKey) + [dossier.row.keys.payment].compactMap(\.self)) {
      switch dossier.readings[key] {
      case .payment(let response):
        expected.formUnion(PaymentPostings(response, of: dossier.id, key: key).all)
      case .pending, .refused: continue
      default: return nil
      }
    }
    if dossier.row.status == .replaced {
      guard case .reversal(let response) = dossier.readings[dossier.reversalKey] else { return nil }
      expected.formUnion(ReversalPostings(response).all)
    }
    return expected
  }
}

/// Checks that what the claim added to the year's deductible and out-of-pocket totals equals what its decision charged
/// to the member.
struct AccumulatorCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    let expected: [ExpectedEntries]
    do {
      expected = try dossier.expectedEntries()
    } catch {
      return [
        Finding(.accumulatorsFollowDecisions, dossier.subject, "what its decision took does not add up: \(error)")
      ]
    }
    guard let likely = expected.first, !expected.contains(where: { $0.match(dossier.entries) }) else { return [] }
    let found = Dictionary(dossier.entries.map { ($0.place, $0.entry.amount) }) { first, _ in first }
    let differing = likely.amounts.keys.filter { found[$0] != likely.amounts[$0] }
    return differing.sorted { ($0.scope, $0.effectKey) < ($1.scope, $1.effectKey) }.map { place in
      let doer = place.effectKey == dossier.reversalKey ? "reversal" : "decision"
      return Finding(
        .accumulatorsFollowDecisions, dossier.subject,
        "its \(doer) took \(likely.amounts[place] ?? .zero) for \(place.scope.shown), and "
          + "\(found[place] ?? .zero) is on record")
    }
  }
}

extension AccumulatorScope {
  /// A description of what is counted, without naming the member or family.
  var shown: String {
    switch holder {
    case .member: "the member's \(bucket.rawValue) of \(planYear)"
    case .family: "the family's \(bucket.rawValue) of \(planYear)"
    }
  }
}
