import ClaimPipeline
import ClaimStore
import DurableExecution

/// What stands under the keys of a page of claims: the rows, read once however many claims share them, and what was
/// written beside them.
struct KeyShelf {
  let rows: [KeyText: KeyRow]
  let readings: [KeyText: KeyReading]
  let postings: [KeyText: [LedgerPosting]]
  let audits: [KeyText: [AuditRow]]
  let retired: [KeyText: [EligibilityResponse]]

  init(_ keys: Set<KeyText>, in transaction: some ClaimTransaction) throws {
    let all = Array(keys)
    // A key that is live and archived is a break of its own; the live one answers.
    rows = Dictionary(try transaction.keyRows(all).map { ($0.key, $0) }) { $0.isArchived ? $1 : $0 }
    readings = rows.mapValues(KeyReading.init)
    postings = Dictionary(grouping: try transaction.postings(under: all), by: \.effectKey)
    audits = Dictionary(
      grouping: try transaction.audits(under: all.filter { $0.effect == AuditKey.effect }), by: \.effectKey)
    let answers = try transaction.retiredAnswers(all.filter { $0.effect == EligibilityKey.effect })
    retired = Dictionary(grouping: answers, by: \.key).mapValues { answers in
      answers.compactMap { answer in
        guard case .eligibility(let response)? = KeyReading(answer) else { return nil }
        return response
      }
    }
  }
}
