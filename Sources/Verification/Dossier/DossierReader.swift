import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Reads the dossiers of a batch of claims, running each statement once for the whole batch.
package struct DossierReader {
  private let transaction: ClaimTransaction

  package init(_ transaction: ClaimTransaction) {
    self.transaction = transaction
  }

  /// Returns the dossiers that can be read, and a finding for each claim with an unreadable row.
  ///
  /// - Throws: `StoreFailure` when the store cannot be reached; `MoneyError.overflow`.
  package func readable(_ ids: [ClaimIntakeID]) throws -> (dossiers: [ClaimDossier], findings: [Finding]) {
    do {
      return (try dossiers(of: ids), [])
    } catch StoreFailure.corrupt {
      // At least one of the claims is unreadable. Reading them one by one shows which.
      var (dossiers, findings): ([ClaimDossier], [Finding]) = ([], [])
      for id in ids {
        do {
          dossiers += try self.dossiers(of: [id])
        } catch StoreFailure.corrupt(let what) {
          findings.append(Finding(.readableRows, "claim \(id)", what))
        }
      }
      return (dossiers, findings)
    }
  }

  /// Returns the dossiers in the order of the IDs, without unknown claims.
  ///
  /// - Throws: `StoreFailure.corrupt` for a row that cannot be read; `MoneyError.overflow`.
  package func dossiers(of ids: [ClaimIntakeID]) throws -> [ClaimDossier] {
    let claims = try transaction.claims(ids)
    let bodies = try transaction.bodies(of: ids)
    let decisions = Dictionary(grouping: try transaction.decisions(of: ids), by: \.claimID)
    let payments = Dictionary(grouping: try transaction.payments(of: ids), by: \.claimID)
    let history = Dictionary(grouping: try transaction.history(of: ids.map(\.text)), by: \.stream)
    let named = claims.mapValues { claim in
      keys(
        of: claim, decisions[claim.id] ?? [], payments[claim.id] ?? [], history[claim.id.text] ?? [])
    }
    let snapshot = try KeySnapshot(named.values.reduce(into: []) { $0.formUnion($1) }, in: transaction)
    let sagas = try transaction.sagas(payments.values.joined().map { PaymentSaga.id(of: $0.effectKey) })

    var dossiers = ids.compactMap { claims[$0] }.map { row in
      let keys = named[row.id] ?? []
      let events = history[row.id.text] ?? []
      return ClaimDossier(
        row: row, submitted: bodies[row.id].flatMap { try? SubmittedClaim(body: $0, of: row.id) }, events: events,
        fold: try? ClaimFold(of: events),
        decisions: decisions[row.id] ?? [], payments: payments[row.id] ?? [],
        postings: own(row, decisions[row.id] ?? [], payments[row.id] ?? []).flatMap { snapshot.postings[$0] ?? [] },
        audits: keys.flatMap { snapshot.audits[$0] ?? [] },
        sagas: Dictionary(
          (payments[row.id] ?? []).compactMap { payment in
            sagas[PaymentSaga.id(of: payment.effectKey)].map { (payment.effectKey, $0) }
          }, uniquingKeysWith: { first, _ in first }),
        keys: snapshot.rows.filter(of: keys), readings: snapshot.readings.filter(of: keys),
        retiredCoverage: row.keys.eligibility.flatMap { snapshot.retired[$0] } ?? [])
    }
    try addEntries(to: &dossiers)
    return dossiers
  }

  /// Returns every key under which a row of this claim may be stored. It includes the audit keys of outcomes that were
  /// not audited, so that a record of such an outcome is detected.
  private func keys(
    of claim: ClaimRow, _ decisions: [StoredDecision], _ payments: [PaymentRow], _ events: [EffectEvent]
  ) -> Set<KeyText> {
    var keys = own(claim, decisions, payments)
    keys.formUnion([claim.keys.intake, claim.keys.eligibility, claim.keys.audit].compactMap(\.self))
    keys.formUnion(payments.map { VoidKey(paymentID: $0.id).text })
    keys.formUnion(events.map(\.key))
    if let id = claim.adjudicationID {
      for status in ClaimStatus.allCases where status.isTerminal {
        keys.insert(AuditKey(adjudicationID: id, event: status.rawValue).text)
      }
    }
    return keys
  }

  /// Returns the keys of the claim's decision, payments, and reversal, under which its postings are stored.
  private func own(_ claim: ClaimRow, _ decisions: [StoredDecision], _ payments: [PaymentRow]) -> Set<KeyText> {
    var keys = Set([claim.keys.adjudication, claim.keys.payment].compactMap(\.self))
    keys.formUnion(decisions.map(\.effectKey))
    keys.formUnion(payments.map(\.effectKey))
    if claim.status == .replaced { keys.insert(ReversalKey(claimID: claim.id).text) }
    return keys
  }

  private func addEntries(to dossiers: inout [ClaimDossier]) throws {
    let places = try dossiers.map { dossier in Set(try dossier.expectedEntries().flatMap(\.places)) }
    let all = places.flatMap(\.self)
    guard !all.isEmpty else { return }
    let entries = Dictionary(
      try transaction.accumulatorEntries(at: all).map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    for (index, own) in places.enumerated() { dossiers[index].entries = own.compactMap { entries[$0] } }
  }
}

extension Dictionary {
  fileprivate func filter(of keys: Set<Key>) -> [Key: Value] {
    var kept: [Key: Value] = [:]
    for key in keys { kept[key] = self[key] }
    return kept
  }
}

/// Everything stored under the keys of a page of claims: the key rows, read once however many claims share them, and
/// the rows written with them.
struct KeySnapshot {
  let rows: [KeyText: KeyRow]
  let readings: [KeyText: KeyReading]
  let postings: [KeyText: [LedgerPosting]]
  let audits: [KeyText: [AuditRow]]
  let retired: [KeyText: [EligibilityResponse]]

  init(_ keys: Set<KeyText>, in transaction: ClaimTransaction) throws {
    let all = Array(keys)
    // A key that is both live and archived is reported elsewhere; the live row is used here.
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
