import ClaimsDomain

extension TableKind {
  /// The first day of an edition, from its publication date; nil when the day must be given explicitly.
  func firstDay(published: PublicationDate?) -> CalendarDate? {
    switch published {
    case .day(let day): return day
    case .year(let year):
      switch self {
      case .relativeValues, .practiceCosts, .localities, .baseUnits: return CalendarDate(year: year, month: 1, day: 1)
      // The fiscal year begins in October of the year before.
      case .diagnoses: return CalendarDate(year: year - 1, month: 10, day: 1)
      default: return nil
      }
    case nil: return nil
    }
  }

  /// Whether CMS or X12 keeps a single list and adds to it. An edition without a day is then for every day.
  var isUndated: Bool { self == .placesOfService || self == .reasonCodes || self == .remarkCodes }

  /// The days of service that an edition is for if it takes effect on `first`.
  func days(from first: CalendarDate) -> DateRange? {
    switch self {
    case .relativeValues, .practiceCosts, .localities, .baseUnits:
      return CalendarDate(year: first.year, month: 12, day: 31).flatMap { DateRange(first, through: $0) }
    case .diagnoses:
      return CalendarDate(year: first.month >= 10 ? first.year + 1 : first.year, month: 9, day: 30)
        .flatMap { DateRange(first, through: $0) }
    case .practitionerUnits, .hospitalUnits, .addOns:
      return Self.endOfQuarter(first).flatMap { DateRange(first, through: $0) }
    case .practitionerPairs, .hospitalPairs:
      // Each pair has its own dates, back to the beginning of NCCI, so the newest file also covers every earlier day.
      guard let start = CalendarDate(year: 1996, month: 1, day: 1), let end = Self.endOfQuarter(first) else {
        return nil
      }
      return DateRange(start, through: end)
    case .placesOfService, .reasonCodes, .remarkCodes:
      return DateRange(first, through: .openEnd)
    }
  }

  private static func endOfQuarter(_ day: CalendarDate) -> CalendarDate? {
    let next = (day.month - 1) / 3 * 3 + 4
    let start = CalendarDate(year: next > 12 ? day.year + 1 : day.year, month: next > 12 ? 1 : next, day: 1)
    return start.flatMap { CalendarDate(dayNumber: $0.dayNumber - 1) }
  }
}
