/// MULT PROC 4 to 7: diagnostic imaging, therapy, cardiovascular and ophthalmic services of one day, of which the second
/// is paid less of its technical or expense component (CMS MPFS RVU file layout; Claims Processing Manual, chapter 4,
/// section 250.16, and chapter 5, section 10.7). The components are not priced here, so a person is asked.
enum ComponentReduction {
  private static let indicators: Set<Character> = ["4", "5", "6", "7"]

  /// A line as this rule sees it.
  struct Line {
    let number: Int
    let day: CalendarDate
    let units: Units
    /// MULT PROC.
    let indicator: Character
  }

  /// The numbers of the lines of which one may reduce another, or itself: a second unit of therapy is reduced too.
  static func reduced(among lines: [Line]) -> Set<Int> {
    let families = Dictionary(grouping: lines.filter { indicators.contains($0.indicator) && $0.units > Units(0) }) {
      Family(day: $0.day, indicator: $0.indicator)
    }
    let reducing = families.values.filter { family in family.count > 1 || family.contains { $0.units > .one } }
    return Set(reducing.joined().map(\.number))
  }

  private struct Family: Hashable {
    let day: CalendarDate
    let indicator: Character
  }
}
