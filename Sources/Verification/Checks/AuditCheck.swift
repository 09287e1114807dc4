import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

/// Every outcome is audited, and each record rests on the very bytes that were answered: its evidence is computed again
/// from what is stored.
struct AuditCheck: DossierCheck {
  func findings(in dossier: ClaimDossier) -> [Finding] {
    var faults = dossier.audits.flatMap { self.faults(of: $0, in: dossier) }
    if let fault = missing(in: dossier) { faults.append(fault) }
    return faults.map { Finding(.auditRestsOnEvidence, dossier.subject, $0) }
  }

  private func missing(in dossier: ClaimDossier) -> String? {
    guard let key = dossier.row.keys.audit else {
      // Payment and audit are one transaction; a claim that moved no money is closed a transaction earlier.
      return dossier.mustBeAudited ? "it was closed, and there is no audit record of that" : nil
    }
    guard let audit = dossier.audits.first(where: { $0.effectKey == key }) else {
      return "the record that its audit key stands for is gone"
    }
    // What a claim was before another took its place is what it was audited as.
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

  /// Nil where a response that it rests on is broken or gone.
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
  /// Whether its end is on record in the same transaction that must have audited it: that of its payment.
  var mustBeAudited: Bool {
    payments.contains { payment in
      payment.trackingID != nil && (keys[payment.effectKey]?.status).map { $0 != .pending } ?? false
    }
  }
}
