package import ClaimFormats
package import ClaimsDomain
import Synchronization

/// What became of the claims that this process has worked on, for whoever watches it.
package final class OutcomeTally: Sendable {
  package struct Counts: Sendable {
    /// Claims by outcome, without those that came again.
    package var claims: [ClaimReport.Status: Int] = [:]
    package var paid = Money.zero
    /// Claims that came again, and were answered from the record.
    package var claimsAgain = 0
    /// What was not paid a second time, since claims that came again were paid already.
    package var notPaidAgain = Money.zero
  }

  private let state = Mutex(Counts())

  package var counts: Counts { state.withLock(\.self) }

  package func note(_ reports: some Sequence<ClaimReport>) {
    state.withLock { counts in
      for report in reports {
        let amount = report.status == .paid ? report.planPaid ?? .zero : .zero
        if report.isReplay {
          counts.claimsAgain += 1
          counts.notPaidAgain = (try? counts.notPaidAgain + amount) ?? counts.notPaidAgain
        } else {
          counts.claims[report.status, default: 0] += 1
          counts.paid = (try? counts.paid + amount) ?? counts.paid
        }
      }
    }
  }
}
