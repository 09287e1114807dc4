import BankProtocol
import ClaimsDomain
import DurableExecution

extension ActivityFailure {
  /// The bank has paid, and the books do not take it: the payment has to be undone.
  static func postingRefused(closedThrough day: CalendarDate) -> ActivityFailure {
    ActivityFailure(.postingRefused, "the cash book is closed through \(day): the payment is voided")
  }

  /// The bank has paid this claim before, and something else than is due now.
  static func paidOtherwise(_ found: FoundPayment) -> ActivityFailure {
    ActivityFailure(
      .paidOtherwise, "the bank has paid this claim by \(found.shown): that is not what is due; see `claims reconcile`")
  }

  /// The bank has made the payment, and it cannot be posted today.
  static func cashBookClosed(through day: CalendarDate) -> ActivityFailure {
    ActivityFailure(.cashBookClosed, "the cash book is closed through \(day): the payment is posted after that day")
  }

  /// Its key was released after the books had refused it.
  static let paymentUndone = ActivityFailure(
    .postingRefused, "the books have refused this payment: it is voided, and is not made again")
}
