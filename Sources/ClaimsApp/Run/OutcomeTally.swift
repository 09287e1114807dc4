package import ClaimFormats
package import ClaimsDomain
import Synchronization

/// The outcomes of the claims that this process has handled, for monitoring.
package final class OutcomeTally: Sendable {
  package struct Counts: Sendable {
    /// New claims, by outcome.
    package var claims: [ClaimReport.Status: Int] = [:]
    package var paid = Money.zero
    /// Claims that were submitted again and replayed.
    package var claimsAgain = 0
    /// The amounts of replayed payments, which were not paid again.
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
