import ArgumentParser
import ClaimOperations
import ClaimStore
import ClaimsDomain
import DurableSQLite

/// The option that says on which day claims count as received.
struct ReceiptOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day the claims count as received, for timely filing and interest; `file` is the day that each file says its "
        + "claims were made. Without it the day they come (UTC).", valueName: "YYYY-MM-DD|file"))
  private var received: DayOfReceipt?

  var day: DayOfReceipt { received ?? .today }

  func validate() throws { try day.given?.mustHaveCome() }
}

extension CalendarDate {
  /// - Throws: `ValidationError` if no claim can have been received on this day, because it is in the future (UTC).
  func mustHaveCome() throws {
    let today = SQLiteStore.systemClock().day
    guard self > today else { return }
    throw ValidationError("--received \(self) is in the future: no claim can have been received after \(today) (UTC)")
  }
}

extension DayOfReceipt: ExpressibleByArgument {
  public init?(argument: String) {
    if argument == "file" {
      self = .stated
    } else if let day = CalendarDate(parsing: argument) {
      self = .day(day)
    } else {
      return nil
    }
  }
}
