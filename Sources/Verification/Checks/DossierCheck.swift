/// One view of a claim's dossier. Pure: what it finds depends on the dossier alone.
///
/// A check does not measure by what another check has found broken: one damage is one finding, not ten.
protocol DossierCheck: Sendable {
  func findings(in dossier: ClaimDossier) -> [Finding]
}

extension ClaimDossier {
  /// Everything the checks find in it.
  package var findings: [Finding] {
    let checks: [any DossierCheck] = [
      KeysCheck(), HistoryCheck(), FoldCheck(), ReceivedCheck(), DecisionCheck(), PaymentCheck(), StandingCheck(),
      SagaCheck(), LedgerCheck(), AccumulatorCheck(), AuditCheck(),
    ]
    return checks.flatMap { $0.findings(in: self) }
  }
}
