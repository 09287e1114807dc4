/// One change that an 834 states for a person's coverage by a plan, applied to the spans on record. Applying it again
/// changes nothing.
package struct CoverageChange: Hashable, Sendable {
  package let type: MaintenanceType
  /// The plan; nil when coverage ends under all of the person's plans.
  package let planID: PlanID?
  /// DTP*348.
  package let first: CalendarDate?
  /// DTP*349, the last day.
  package let last: CalendarDate?
  /// The group or policy; nil when it is not specified.
  package let groupNumber: String?

  package enum Refusal: Error, Hashable, Sendable {
    case noBeginning
    case noEnd
    case endsBeforeItBegins
    case nothingToReinstate
    case nothingToEnd
    /// Another dependent of the family has the first name and another birth date.
    case otherBirthDate
  }

  package init(
    _ type: MaintenanceType, planID: PlanID?, first: CalendarDate? = nil, last: CalendarDate? = nil,
    groupNumber: String? = nil
  ) {
    self.type = type
    self.planID = planID
    self.first = first
    self.last = last
    self.groupNumber = groupNumber
  }

  /// What the change lacks or contradicts by itself, whatever is on record; nil for a change that may be applied.
  package var defect: Refusal? {
    do throws(Refusal) {
      switch (type, planID) {
      case (.terminate, _): _ = try end
      case (.delete, _): break
      case (.reinstate, _) where first == nil: break
      case (_, nil): throw .noBeginning
      case (_, _?): _ = try days
      }
      return nil
    } catch {
      return error
    }
  }

  /// The last day of coverage that ends.
  private var end: CalendarDate {
    get throws(Refusal) {
      guard let last else { throw .noEnd }
      return last
    }
  }

  /// The days of coverage that is stated.
  private var days: DateRange {
    get throws(Refusal) {
      guard let first else { throw .noBeginning }
      guard let days = DateRange(first, through: last ?? .openEnd) else { throw .endsBeforeItBegins }
      return days
    }
  }

  /// Returns the resulting spans in order of their first day, without overlap, with adjacent spans joined.
  ///
  /// - Parameter make: Creates a span of the given days in a plan.
  /// - Throws: `Refusal` when the change lacks required information or does not fit the spans.
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

  /// Ends coverage. Spans that would begin only after that day are removed.
  private func ended(_ spans: [Coverage]) throws(Refusal) -> [Coverage] {
    let last = try end
    return spans.ended(on: last) { planID != nil && $0 != planID }
  }

  /// Reopens the latest span, without an end unless the change has one.
  private func reopened(_ spans: [Coverage]) throws(Refusal) -> [Coverage] {
    let own = spans.filter { planID == nil || $0.planID == planID }
    guard let latest = own.max(by: { $0.effective.first < $1.effective.first }),
      let days = DateRange(latest.effective.first, through: last ?? .openEnd)
    else { throw .nothingToReinstate }
    var reopened = latest
    reopened.effective = days
    reopened.groupNumber = groupNumber ?? latest.groupNumber
    return spans.filter { $0 != latest }.flatMap { $0.without(days) } + [reopened]
  }

  /// Makes the plan, and no other plan, cover these days. Spans of the plan on record that overlap or adjoin these days
  /// are replaced, except that an addition keeps the days before them.
  private func stated(
    _ plan: PlanID, among spans: [Coverage], keepingEarlier: Bool, _ make: (PlanID, DateRange) -> Coverage
  ) throws(Refusal) -> [Coverage] {
    let days = try days
    let rest = spans.flatMap { span -> [Coverage] in
      guard span.planID == plan, span.effective.meets(days) else { return span.without(days) }
      return keepingEarlier ? [span.limited(to: days.first.dayBefore)].compactMap(\.self) : []
    }
    return rest + [make(plan, days)]
  }
}

extension CalendarDate {
  /// The previous day; the earliest representable day returns itself.
  fileprivate var dayBefore: CalendarDate { CalendarDate(dayNumber: dayNumber - 1) ?? self }
}

extension DateRange {
  /// Whether the ranges overlap, or one begins the day after the other ends.
  fileprivate func meets(_ other: DateRange) -> Bool {
    first.dayNumber <= other.last.dayNumber + 1 && other.first.dayNumber <= last.dayNumber + 1
  }
}

extension Coverage {
  /// The span limited to a last day; nil when nothing is left.
  fileprivate func limited(to last: CalendarDate) -> Coverage? {
    guard let days = DateRange(effective.first, through: min(effective.last, last)) else { return nil }
    return with(days)
  }

  /// The parts of the span before and after the given days.
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
  /// Ends spans no later than the given day, except spans of plans to leave unchanged.
  package func ended(on last: CalendarDate, leaving isLeft: (PlanID) -> Bool) -> [Coverage] {
    compactMap { isLeft($0.planID) ? $0 : $0.limited(to: last) }
  }

  /// Joins adjacent spans of one plan, so that the same coverage stated in other pieces is not a change.
  fileprivate func joined() -> [Coverage] {
    reduce(into: []) { joined, span in
      guard let last = joined.last, last.planID == span.planID, last.familyID == span.familyID,
        last.coversFamily == span.coversFamily, last.groupNumber == span.groupNumber,
        last.effective.last.dayNumber + 1 >= span.effective.first.dayNumber,
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
