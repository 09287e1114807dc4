/// What a plan owes its providers for late payment: simple interest on the payment, from the day after it was due
/// through the day of payment. The form is Medicare's (42 CFR 422.520; Claims Processing Manual, chapter 1, section
/// 80.2.2); state prompt-pay laws use the same form with other numbers.
package struct PromptPay: Hashable, Sendable, Codable {
  /// The number of days after receipt of the claim within which payment is due.
  package var days: Int
  package var yearLength: YearLength
  package var rates: [PromptPayRate]

  package init(days: Int, yearLength: YearLength = .calendar, rates: [PromptPayRate]) {
    self.days = days
    self.yearLength = yearLength
    self.rates = rates
  }

  /// The days for which interest is due; nil when payment is on time.
  package func lateDays(received: CalendarDate, paid: CalendarDate) -> DateRange? {
    CalendarDate(dayNumber: received.dayNumber + days + 1).flatMap { DateRange($0, through: paid) }
  }

  /// Payment x rate x days / days in the year, rounded half up to the cent. The rate and the year are those of the day
  /// of payment; on a day without a rate there is no interest.
  ///
  /// - Parameters:
  ///   - payment: The payment, never negative.
  ///   - late: The days of late payment; nil for a payment on time.
  /// - Throws: `MoneyError.overflow` when the result overflows 64 bits.
  package func interest(on payment: Money, for late: DateRange?) throws(MoneyError) -> Money {
    guard let late, let rate = rate(on: late.last) else { return .zero }
    let days = late.last.days(since: late.first) + 1
    let dividend = Int128(payment.cents) * Int128(rate.scaled) * Int128(days)
    let divisor = Int128(AnnualRate.hundredPercent.scaled) * Int128(yearLength.days(in: late.last.year))
    guard let cents = Int64(exactly: (2 * dividend + divisor) / (2 * divisor)) else { throw .overflow }
    return Money(cents: cents)
  }

  /// The rate with the latest start on or before the day; nil before the first.
  package func rate(on day: CalendarDate) -> AnnualRate? {
    rates.filter { $0.from <= day }.max { $0.from < $1.from }?.percent
  }

  enum CodingKeys: String, CodingKey {
    case days, rates
    case yearLength = "year"
  }
}

extension AnnualRate {
  fileprivate static var hundredPercent: AnnualRate { AnnualRate(scaled: 100_000) }
}

/// An interest rate and the day from which it applies, until a later rate starts.
package struct PromptPayRate: Hashable, Sendable {
  package var from: CalendarDate
  package var percent: AnnualRate

  package init(from: CalendarDate, percent: AnnualRate) {
    self.from = from
    self.percent = percent
  }
}

extension PromptPayRate: Codable {
  enum CodingKeys: String, CodingKey { case from, percent }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let text = try container.decode(String.self, forKey: .percent)
    guard let percent = AnnualRate(parsing: text) else {
      throw DecodingError.dataCorruptedError(
        forKey: .percent, in: container, debugDescription: "not a rate with three decimals at most")
    }
    self.init(from: try container.decode(CalendarDate.self, forKey: .from), percent: percent)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(from, forKey: .from)
    try container.encode(percent.description, forKey: .percent)
  }
}

/// The number of days by which an annual rate is divided.
package enum YearLength: String, Sendable, Codable, CaseIterable {
  /// 365, and 366 in a leap year (Claims Processing Manual, chapter 1, section 80.2.2).
  case calendar
  /// 360: twelve months of thirty days (5 CFR 1315.17).
  case banking = "360"

  func days(in year: Int) -> Int {
    switch self {
    case .calendar: CalendarDate(year: year, month: 2, day: 29) == nil ? 365 : 366
    case .banking: 360
    }
  }
}
