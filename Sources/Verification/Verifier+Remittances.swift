import ClaimStore
import ClaimsDomain
import DurableExecution

// What providers were told. That a claim is told once is the database's own: the claim and what is told of it are a key.
extension Verifier {
  func remittances() async throws -> VerificationTally {
    let limit = settings.findingsLimit
    // A file is large, so fewer of them are read at a time than of other rows.
    let pageSize = max(1, settings.pageSize / 25)
    var tally = VerificationTally()
    if try await store.read({ try $0.openCheckRun() }) != nil { tally.note(.checkRunsOpen) }
    try await pages(
      { (transaction, after: RemittanceCheck?) in
        let page = try transaction.remittedTotals(after: after?.totals.remittance.number ?? 0, limit: pageSize)
        let keys = try transaction.keyRows(page.map(\.remittance.effectKey))
        let files = Dictionary(keys.map { ($0.key, $0) }) { first, _ in first }
        return page.map { RemittanceCheck(totals: $0, key: files[$0.remittance.effectKey]) }
      }, { page in tally.report(page.flatMap(\.findings), limit: limit) })
    return tally
  }
}
