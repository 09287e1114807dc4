import ClaimsDomain

/// Remembers the spans of days each key has been given, so that no day is given twice.
struct SpanRegister<Key: Hashable> {
  private var spans: [Key: [(days: DateRange, line: Int)]] = [:]

  /// The line of an earlier span that shares a day with this one; nil when there is none, and the span is entered.
  mutating func enter(_ days: DateRange, of key: Key, at line: Int) -> Int? {
    if let earlier = spans[key]?.first(where: { $0.days.overlaps(days) }) { return earlier.line }
    spans[key, default: []].append((days, line))
    return nil
  }
}

extension CSVRow {
  /// The columns `effective` and `termination`; without the latter there is no end.
  func span() throws(PlanFileError) -> DateRange {
    let first = try require("effective", .date)
    let last = try value("termination", .date) ?? .openEnd
    guard let days = DateRange(first, through: last) else { throw error("termination lies before effective") }
    return days
  }
}
