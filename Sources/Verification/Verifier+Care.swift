import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution

// The same care on two claims, both of which are paid.
extension Verifier {
  func carePaidAgain() async throws -> VerificationTally {
    let (pageSize, limit) = (settings.pageSize, settings.findingsLimit)
    var tally = VerificationTally()
    try await pages(
      { (transaction, after: CheckedCare?) in
        let page = try transaction.carePaidAgain(after: after?.care.signature, limit: pageSize)
        let bodies = try transaction.bodies(of: Array(Set(page.flatMap(\.claims))))
        // A text that does not read is a finding of its claim.
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
  /// Claims of which no person has said that their care is other care.
  let unwaived: [ClaimIntakeID]
}
