import ClaimStore
import DurableExecution

/// Every key the claim names is on record, and its bytes are those that were first answered.
struct KeysCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    let gone = dossier.namedKeys.filter { dossier.keys[$0] == nil }.map { key in
      Finding(.keysOnRecord, key.shown, "\(dossier.subject) names it and it is gone: its effect could be done again")
    }
    let broken = dossier.readings.compactMap { key, reading in Finding(key, reading) }
    return gone + missingCoverage(of: dossier) + broken
  }

  /// An answer that was retired is no longer under its key, and still on record.
  private func missingCoverage(of dossier: ClaimDossier) -> [Finding] {
    guard let key = dossier.row.keys.eligibility, dossier.keys[key] == nil, dossier.retiredCoverage.isEmpty else {
      return []
    }
    return [Finding(.keysOnRecord, key.shown, "the coverage that \(dossier.subject) was decided by is gone")]
  }
}

extension Finding {
  /// Nil for a key that reads well.
  init?(_ key: KeyText, _ reading: KeyReading) {
    guard case .broken(let invariant, let meaning) = reading else { return nil }
    self.init(invariant, key.shown, meaning)
  }
}
