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
    let found = Dictionary(dossier.entries.map { ($0.entry.scope, $0.entry.amount) }) { first, _ in first }
    return likely.amounts.keys.sorted().filter { found[$0] != likely.amounts[$0] }.map { scope in
      Finding(
        .accumulatorsFollowDecisions, dossier.subject,
        "its decision took \(likely.amounts[scope] ?? .zero) for \(scope.shown), and \(found[scope] ?? .zero) is on record"
      )
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
