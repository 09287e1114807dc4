import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Under the claim's keys stands exactly what its outcomes mean for the books: the accrual of its decision, and the
/// posting of its payment if the books took it, and all of it undone where another claim has taken its place. What is owed to its provider is then what is not yet paid.
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

  /// Nil when it cannot be said, since an answer it would follow from is broken or gone.
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
