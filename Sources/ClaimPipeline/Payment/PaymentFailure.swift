import ClaimsDomain
import DurableExecution

extension ActivityFailure {
  /// The bank has paid, and the books do not take it: the payment has to be undone.
  static func postingRefused(closedThrough day: CalendarDate) -> ActivityFailure {
    ActivityFailure(.postingRefused, "the cash book is closed through \(day): the payment is voided")
  }

  /// Its key was released after the books had refused it.
  static let paymentUndone = ActivityFailure(
    .postingRefused, "the books have refused this payment: it is voided, and is not made again")
}
