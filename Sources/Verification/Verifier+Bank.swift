import ClaimStore
import ClaimPipeline
import BankProtocol
import ClaimsDomain
import DurableExecution

// The bank's side: is there money that moved and that we know nothing of?
extension Verifier {
  /// The bank is read first: whatever it has moved was intended, and on record, before that.
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
