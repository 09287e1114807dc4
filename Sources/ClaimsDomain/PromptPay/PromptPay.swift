/// What a plan owes its providers for paying late: simple interest from the day after payment was due through the day
/// of payment, on what is paid. The shape is Medicare's (42 CFR 422.520; Claims Processing Manual, chapter 1, section
/// 80.2.2); the prompt-pay laws of the states have the same with other numbers.
package struct PromptPay: Hashable, Sendable, Codable {
  /// Payment is due within so many days after the claim came in.
  package var days: Int
  package var yearLength: YearLength
  package var rates: [PromptPayRate]

  package init(days: Int, yearLength: YearLength = .calendar, rates: [PromptPayRate]) {
    self.days = days
    self.yearLength = yearLength
    self.rates = rates
  }

  /// The days for which interest is due: none when payment comes in time.
  package func lateDays(received: CalendarDate, paid: CalendarDate) -> DateRange? {
    CalendarDate(dayNumber: received.dayNumber + days + 1).flatMap { DateRange($0, through: paid) }
  }

  /// Payment x rate x days / days of the year, half up to the cent. The rate is that of the day of payment, as is the
  /// year; on a day without a rate there is no interest.
  ///
  /// - Parameters:
  ///   - payment: never below zero.
  ///   - late: nil for a payment in time.
  /// - Throws: `MoneyError.overflow` when 64 bits do not hold it.
  package func interest(on payment: Money, for late: DateRange?) throws(MoneyError) -> Money {
    guard let late, let rate = rate(on: late.last) else { return .zero }
    let days = late.last.days(since: late.first) + 1
    let dividend = Int128(payment.cents) * Int128(rate.scaled) * Int128(days)
    let divisor = Int128(AnnualRate.hundredPercent.scaled) * Int128(yearLength.days(in: late.last.year))
    guard let cents = Int64(exactly: (2 * dividend + divisor) / (2 * divisor)) else { throw .overflow }
    return Money(cents: cents)
  }

  /// The one that began last. Nil before the first.
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

/// A rate of interest and the day from which it holds, until a later one does.
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

/// By how many days an annual rate is divided.
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
