package import ClaimsDomain
import DurableExecution
import Foundation

/// Reads the dossiers of a batch of claims, each statement once for all of them.
package struct DossierReader<Transaction: ClaimTransaction> {
  private let transaction: Transaction

  package init(_ transaction: Transaction) {
    self.transaction = transaction
  }

  /// In the order of the ids; claims nobody knows are absent.
  ///
  /// - Throws: `StoreFailure.corrupt` for a row that does not read; `MoneyError.overflow`.
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
    let shelf = try KeyShelf(named.values.reduce(into: []) { $0.formUnion($1) }, in: transaction)
    let sagas = try transaction.sagas(payments.values.joined().map { PaymentSaga.id(of: $0.effectKey) })

    var dossiers = ids.compactMap { claims[$0] }.map { row in
      let keys = named[row.id] ?? []
      let events = history[row.id.text] ?? []
      return ClaimDossier(
        row: row, submitted: bodies[row.id].flatMap { SubmittedClaim(body: $0) }, events: events,
        fold: try? ClaimFold(of: events),
        decisions: decisions[row.id] ?? [], payments: payments[row.id] ?? [],
        postings: keys.flatMap { shelf.postings[$0] ?? [] }, audits: keys.flatMap { shelf.audits[$0] ?? [] },
        sagas: Dictionary(
          (payments[row.id] ?? []).compactMap { payment in
            sagas[PaymentSaga.id(of: payment.effectKey)].map { (payment.effectKey, $0) }
          }, uniquingKeysWith: { first, _ in first }),
        keys: shelf.rows.filter(of: keys), readings: shelf.readings.filter(of: keys),
        retiredCoverage: row.keys.eligibility.flatMap { shelf.retired[$0] } ?? [])
    }
    try addEntries(to: &dossiers)
    return dossiers
  }

  /// Every key under which a row of this claim may stand. The keys of outcomes that were not audited are among them, so
  /// that a record of such an outcome would be seen.
  private func keys(
    of claim: ClaimRow, _ decisions: [StoredDecision], _ payments: [PaymentRow], _ events: [EffectEvent]
  ) -> Set<KeyText> {
    let own = claim.keys
    var keys = Set(
      [own.intake, own.eligibility, own.adjudication, own.payment, own.audit].compactMap(\.self))
    keys.formUnion(decisions.map(\.effectKey))
    for payment in payments {
      keys.insert(payment.effectKey)
      keys.insert(VoidKey(paymentID: payment.id).text)
    }
    keys.formUnion(events.map(\.key))
    if let id = claim.adjudicationID {
      for status in ClaimStatus.allCases where status.isTerminal {
        keys.insert(AuditKey(adjudicationID: id, event: status.rawValue).text)
      }
    }
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

extension SubmittedClaim {
  /// Nil for a text that is no claim.
  fileprivate init?(body: [UInt8]) {
    guard let claim = try? JSONDecoder().decode(SubmittedClaim.self, from: Data(body)) else { return nil }
    self = claim
  }
}

extension Dictionary {
  fileprivate func filter(of keys: Set<Key>) -> [Key: Value] {
    var kept: [Key: Value] = [:]
    for key in keys { kept[key] = self[key] }
    return kept
  }
}
