import BankProtocol
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

// Checks the bank's side: whether money has moved that is not on record here.
extension Verifier {
  /// Reads the bank before the store: every transfer it made was recorded as intended before it was made.
  func transfers(at bank: any BankBooks) async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    var tally = VerificationTally()
    var last: Int64 = 0
    while true {
      let page = try await bank.transfers(after: last, limit: pageSize)
      guard let end = page.last else { return tally }
      last = end.number
      tally.count { $0.transfers += page.count }
      let references = Set(page.map { ClaimIntakeID($0.reference) })
      let (known, found) = try await store.read { transaction in
        (
          try transaction.claimsWithPayments(among: Array(references)),
          try transaction.foundTransfers(for: Array(references))
        )
      }
      let returned = FoundPayment.returned(among: found)
      let unknown = page.filter {
        !known.contains(ClaimIntakeID($0.reference)) && !returned.contains($0.trackingID)
      }
      tally.report(
        unknown.map { transfer in
          Finding(
            .bankTransfersKnown, transfer.id,
            "it was made for \(transfer.reference), of which no payment is on record; see `claims reconcile`")
        }, limit: limit)
    }
  }
}

// Checks for the same care paid on two claims.
extension Verifier {
  func carePaidAgain() async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    var tally = VerificationTally()
    try await pages(
      { (transaction, after: CheckedCare?) in
        let page = try transaction.carePaidAgain(after: after?.care.signature, limit: pageSize)
        let bodies = try transaction.bodies(of: Array(Set(page.flatMap(\.claims))))
        // A text that cannot be read is reported with its claim.
        let waived = bodies.filter { id, body in
          (try? SubmittedClaim(body: body, of: id))?.waives(.rule(.duplicateOtherClaim)) ?? false
        }
        return page.map { care in CheckedCare(care: care, unwaived: care.claims.filter { waived[$0] == nil }) }
      },
      { page in
        tally.report(
          page.filter { $0.unwaived.count > 1 }.map { checked in
            Finding(
              .oneClaimPerCare, "claim \(checked.unwaived.last?.text ?? "")",
              "it is paid for care that is paid on \(checked.unwaived.dropLast().map(\.text).joined(separator: " ")) too: "
                + "take one of the payments back, or let `claims adjust --waive duplicate.other-claim` say that it is other care"
            )
          }, limit: limit)
      })
    return tally
  }
}

private struct CheckedCare: Sendable {
  let care: CarePaidAgain
  /// The claims for which no person has said that their care is other care.
  let unwaived: [ClaimIntakeID]
}

// Checks what enrollment transactions have settled.
extension Verifier {
  func members() async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    var tally = VerificationTally()
    try await pages(
      { (transaction, after: Settled?) in
        let page = try transaction.settledEnrollments(after: after?.enrollment.number, limit: pageSize)
        let coverages = try transaction.coverages(of: page.map(\.number))
        return try page.map { Settled(enrollment: $0, holds: try $0.holds(coverages[$0.number] ?? [])) }
      },
      { page in
        tally.report(
          page.filter { !$0.holds }.map { settled in
            Finding(
              .coverageAsSettled, settled.enrollment.effectKey.shown,
              "the coverage of a person it speaks of is another now: ask the sponsor, and send the enrollment anew")
          }, limit: limit)
      })
    return tally
  }
}

private struct Settled: Sendable {
  let enrollment: SettledEnrollment
  let holds: Bool
}

// Checks what was reported to providers. The database itself ensures that a claim is reported only once: the claim and
// the reported part form a key.
extension Verifier {
  func remittances() async throws -> VerificationTally {
    let limit = settings.findingsLimit
    // A file is large, so fewer of them than of other rows are read at a time.
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
