import ClaimStore
import ClaimsDomain
import DurableExecution

/// What the claim added to the year's deductible and out-of-pocket totals is what its decision took from the member.
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
  /// What it counts, without whom it counts it for.
  var shown: String {
    switch holder {
    case .member: "the member's \(bucket.rawValue) of \(planYear)"
    case .family: "the family's \(bucket.rawValue) of \(planYear)"
    }
  }
}
