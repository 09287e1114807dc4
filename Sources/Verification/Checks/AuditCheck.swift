import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Checks that every outcome is audited, and that each record rests on the exact bytes that were answered. The evidence
/// is recomputed from what is stored.
struct AuditCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    var faults = dossier.audits.flatMap { self.faults(of: $0, in: dossier) }
    if let fault = missing(in: dossier) { faults.append(fault) }
    return faults.map { Finding(.auditRestsOnEvidence, dossier.subject, $0) }
  }

  private func missing(in dossier: ClaimDossier) -> String? {
    guard let key = dossier.row.keys.audit else {
      // Payment and audit share a transaction. A claim that moved no money is closed a transaction before its audit.
      return dossier.mustBeAudited ? "it was closed, and there is no audit record of that" : nil
    }
    guard let audit = dossier.audits.first(where: { $0.effectKey == key }) else {
      return "the record that its audit key stands for is gone"
    }
    // A replaced claim keeps the audit of what it was before.
    guard let status = dossier.agreedStatus, status != .replaced else { return nil }
    return audit.event == status.rawValue ? nil : "it is \(status.rawValue), and was last audited as \(audit.event)"
  }

  private func faults(of audit: AuditRow, in dossier: ClaimDossier) -> [String] {
    var faults: [String] = []
    if let status = dossier.agreedStatus, !status.isTerminal {
      faults.append("it is \(status.rawValue), and there is an audit record of its end")
    }
    if audit.effectKey != AuditKey(adjudicationID: audit.adjudicationID, event: audit.event).text
      || audit.claimID != dossier.id
    {
      faults.append("an audit record of it stands under a key that is not its own")
    }
    if let evidence = evidence(of: audit, in: dossier), evidence != audit.evidence {
      faults.append("the evidence of its audit record is not the responses that are stored")
    }
    if case .audit(let response)? = dossier.readings[audit.effectKey],
      response.auditID != audit.id || response.evidence != audit.evidence
    {
      faults.append("its audit record is not the one that was answered")
    }
    return faults
  }

  /// Returns nil when a response that the evidence rests on is broken or gone.
  private func evidence(of audit: AuditRow, in dossier: ClaimDossier) -> String? {
    let closing = [ClaimStatus.paid, .denied].map(\.rawValue).contains(audit.event)
    var digests: [String] = []
    for key in [dossier.row.keys.adjudication] + (closing ? [dossier.row.keys.payment] : []) {
      guard let key, let digest = dossier.keys[key]?.responseDigest, let reading = dossier.readings[key] else {
        return nil
      }
      if case .broken = reading { return nil }
      digests.append(digest)
    }
    return AuditEvidence(responseDigests: digests).digest
  }
}

extension ClaimDossier {
  /// Whether the claim ended with a payment, whose transaction also records the audit.
  var mustBeAudited: Bool {
    payments.contains { payment in
      payment.trackingID != nil && (keys[payment.effectKey]?.status).map { $0 != .pending } ?? false
    }
  }
}
