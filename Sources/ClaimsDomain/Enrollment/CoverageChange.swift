/// One thing an 834 says of a person's coverage by a plan, applied to the spans that are on record. Applied again it
/// changes nothing.
package struct CoverageChange: Hashable, Sendable {
  package let type: MaintenanceType
  /// Nil for all of the person's plans, where coverage ends.
  package let planID: PlanID?
  /// DTP*348.
  package let first: CalendarDate?
  /// DTP*349, the last day.
  package let last: CalendarDate?

  package enum Refusal: Error, Hashable, Sendable {
    case noBeginning
    case noEnd
    case endsBeforeItBegins
    case nothingToReinstate
    case nothingToEnd
  }

  package init(_ type: MaintenanceType, planID: PlanID?, first: CalendarDate? = nil, last: CalendarDate? = nil) {
    self.type = type
    self.planID = planID
    self.first = first
    self.last = last
  }

  /// The spans after it: in order of their first day, without overlap, those that follow on one another as one.
  ///
  /// - Parameter make: a span of these days in a plan.
  /// - Throws: `Refusal` when what it says is not enough.
  package func applied(
    to spans: [Coverage], make: (PlanID, DateRange) -> Coverage
  ) throws(Refusal) -> [Coverage] {
    let changed: [Coverage]
    switch (type, planID) {
    case (.terminate, _): changed = try ended(spans)
    case (.delete, let plan): changed = spans.filter { plan != nil && $0.planID != plan }
    case (.reinstate, _) where first == nil: changed = try reopened(spans)
    case (.add, let plan?), (.reinstate, let plan?):
      changed = try stated(plan, among: spans, keepingEarlier: true, make)
    case (_, let plan?): changed = try stated(plan, among: spans, keepingEarlier: false, make)
    case (_, nil): throw .noBeginning
    }
    return changed.sorted { $0.effective.first < $1.effective.first }.joined()
  }

  /// Coverage ends; what would only begin after that is taken back.
  private func ended(_ spans: [Coverage]) throws(Refusal) -> [Coverage] {
    guard let last else { throw .noEnd }
    return spans.ended(on: last) { planID != nil && $0 != planID }
  }

  /// The latest span goes on without an end.
  private func reopened(_ spans: [Coverage]) throws(Refusal) -> [Coverage] {
    let own = spans.filter { planID == nil || $0.planID == planID }
    guard let latest = own.max(by: { $0.effective.first < $1.effective.first }),
      let days = DateRange(latest.effective.first, through: last ?? .openEnd)
    else { throw .nothingToReinstate }
    var reopened = latest
    reopened.effective = days
    return spans.filter { $0 != latest }.flatMap { $0.without(days) } + [reopened]
  }

  /// The plan covers these days, and no other plan does. What it is said to begin with replaces what was on record of the
  /// plan, save that an addition leaves the days before it.
  private func stated(
    _ plan: PlanID, among spans: [Coverage], keepingEarlier: Bool, _ make: (PlanID, DateRange) -> Coverage
  ) throws(Refusal) -> [Coverage] {
    guard let first else { throw .noBeginning }
    guard let days = DateRange(first, through: last ?? .openEnd) else { throw .endsBeforeItBegins }
    let rest = spans.flatMap { span -> [Coverage] in
      guard span.planID == plan, span.effective.meets(days) else { return span.without(days) }
      return keepingEarlier ? [span.limited(to: first.dayBefore)].compactMap(\.self) : []
    }
    return rest + [make(plan, days)]
  }
}

extension CalendarDate {
  /// The first day there is has none before it, and is its own.
  fileprivate var dayBefore: CalendarDate { CalendarDate(dayNumber: dayNumber - 1) ?? self }
}

extension DateRange {
  /// Whether they overlap, or one begins the day after the other ends.
  fileprivate func meets(_ other: DateRange) -> Bool {
    first.dayNumber <= other.last.dayNumber + 1 && other.first.dayNumber <= last.dayNumber + 1
  }
}

extension Coverage {
  /// Nil where nothing of it is left.
  fileprivate func limited(to last: CalendarDate) -> Coverage? {
    guard let days = DateRange(effective.first, through: min(effective.last, last)) else { return nil }
    return with(days)
  }

  /// What of it lies before and after some days.
  fileprivate func without(_ days: DateRange) -> [Coverage] {
    guard effective.first <= days.last, days.first <= effective.last else { return [self] }
    var rest: [Coverage] = []
    if effective.first < days.first, let before = DateRange(effective.first, through: days.first.dayBefore) {
      rest.append(with(before))
    }
    if effective.last > days.last, let next = CalendarDate(dayNumber: days.last.dayNumber + 1),
      let after = DateRange(next, through: effective.last)
    {
      rest.append(with(after))
    }
    return rest
  }

  fileprivate func with(_ days: DateRange) -> Coverage {
    var span = self
    span.effective = days
    return span
  }
}

extension [Coverage] {
  /// The spans of plans that are not left alone end on a day at the latest.
  package func ended(on last: CalendarDate, leaving isLeft: (PlanID) -> Bool) -> [Coverage] {
    compactMap { isLeft($0.planID) ? $0 : $0.limited(to: last) }
  }

  /// Spans of one plan that follow on one another are one: the same coverage said in other pieces is no change.
  fileprivate func joined() -> [Coverage] {
    reduce(into: []) { joined, span in
      guard let last = joined.last, last.planID == span.planID, last.familyID == span.familyID,
        last.coversFamily == span.coversFamily, last.effective.last.dayNumber + 1 >= span.effective.first.dayNumber,
        let days = DateRange(
          last.effective.first, through: Swift.max(last.effective.last, span.effective.last))
      else {
        joined.append(span)
        return
      }
      joined[joined.count - 1] = last.with(days)
    }
  }
}
