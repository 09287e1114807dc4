import ClaimStore
import ClaimsDomain
import DurableExecution

// What enrollment transactions have settled.
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
