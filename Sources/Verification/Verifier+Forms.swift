import ClaimOperations
import ClaimStore
import ClaimsDomain
import DurableExecution

// Checks the paper forms that were ever in doubt.
extension Verifier {
  func forms() async throws -> VerificationTally {
    let limit = settings.findingsLimit
    // A picture is large, so fewer forms than other rows are read at a time.
    let pageSize = max(1, settings.pageSize / 25)
    var tally = VerificationTally()
    let counts = try await store.read { try $0.formCounts() }
    tally.note(.formsWaiting, counts[.waiting] ?? 0)
    try await pages(
      { (transaction, after: FormCheck?) in
        let rows = try transaction.forms(in: nil, after: after?.row, limit: pageSize)
        let acts = try transaction.acts(onForms: rows.map(\.id))
        let claims = try transaction.claims(rows.compactMap(\.state.claim))
        let gone = try transaction.pagesGone(ofForms: rows.map(\.id))
        return try rows.map { row in
          try FormCheck(
            row, acts: acts[row.id] ?? [], claim: row.state.claim.flatMap { claims[$0] }, gone: gone[row.id],
            in: transaction)
        }
      }, { page in tally.report(page.flatMap(\.findings), limit: limit) })
    return tally
  }
}
