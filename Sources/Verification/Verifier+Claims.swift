import BankProtocol
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

// Checks the claims, one dossier each.
extension Verifier {
  /// Checks several pages at a time. The result does not depend on the order in which they finish.
  func claims(_ rulesets: [RulesetID: Ruleset], bank: (any BankBooks)?) async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    return try await withThrowingTaskGroup(of: VerificationTally.self) { group in
      var tally = VerificationTally()
      var running = 0
      try await pages(
        { (transaction, after: ClaimIntakeID?) in
          try transaction.claimIDs(after: after, limit: pageSize)
        },
        { page in
          if running == settings.concurrency, let part = try await group.next() {
            try tally.add(part, limit: limit)
            running -= 1
          }
          group.addTask { try await claims(page, rulesets, bank: bank) }
          running += 1
        })
      for try await part in group { try tally.add(part, limit: limit) }
      return tally
    }
  }

  private func claims(
    _ ids: [ClaimIntakeID], _ rulesets: [RulesetID: Ruleset], bank: (any BankBooks)?
  ) async throws -> VerificationTally {
    let limit = settings.findingsLimit
    var (tally, dossiers, found) = try await store.read { transaction in
      var (dossiers, unreadable) = try DossierReader(transaction).readable(ids)
      for index in dossiers.indices { dossiers[index].ruleset = rulesets[dossiers[index].row.ruleset] }
      var tally = VerificationTally()
      let link = try transaction.bankLink()
      for dossier in dossiers {
        try tally.add(dossier, limit: limit)
        tally.report(ReceiptCheck(payments: dossier.payments, link: link).findings, limit: limit)
      }
      tally.count { $0.claims += unreadable.count }
      tally.report(unreadable, limit: limit)
      // Only claims with payments need to be compared with the bank.
      return (tally, dossiers.filter { bank != nil && !$0.payments.isEmpty }, try transaction.foundTransfers(for: ids))
    }
    guard let bank else { return tally }
    // The store is read before the bank, so every payment it calls paid was made before the bank is read.
    let transfers = Dictionary(
      grouping: try await bank.transfers(references: ids.map(\.text)), by: \.reference)
    let returned = FoundPayment.returned(among: found)
    for dossier in dossiers {
      let check = BankCheck(dossier, transfers: transfers[dossier.id.text] ?? [], returned: returned)
      tally.report(check.findings, limit: limit)
      tally.note(.intentsAtBank, check.intentsAtBank)
    }
    return tally
  }
}

extension VerificationTally {
  fileprivate mutating func add(_ dossier: ClaimDossier, limit: Int) throws {
    try count { totals in
      totals.claims += 1
      totals.payments += dossier.payments.count
      // The decision of a replaced claim counts in the claim that replaced it.
      guard dossier.row.status != .replaced else { return }
      totals.charged = try totals.charged + dossier.row.charge
      guard let amounts = dossier.row.amounts else { return }
      totals.allowed = try totals.allowed + amounts.allowed
      totals.memberResponsibility = try totals.memberResponsibility + amounts.memberResponsibility
      guard dossier.row.status == .paid else { return }
      totals.paid = try totals.paid + amounts.planPaid
    }
    accumulatorEntries += dossier.entries.count
    report(dossier.findings, limit: limit)
    switch dossier.row.status {
    case .received: note(.claimsReceived)
    case .adjudicated: note(.claimsDecided)
    case .paid, .denied, .suspended, .replaced:
      if dossier.row.keys.audit == nil, !dossier.mustBeAudited { note(.claimsUnaudited) }
    }
  }
}
