/// MULT PROC 4 to 7: diagnostic imaging, therapy, cardiovascular and ophthalmic services of one day, of which the second
/// is paid less of its technical or expense component (CMS MPFS RVU file layout; Claims Processing Manual, chapter 4,
/// section 250.16, and chapter 5, section 10.7). The components are not priced here, so a person is asked.
enum ComponentReduction {
  private static let indicators: Set<Character> = ["4", "5", "6", "7"]

  /// Whether one of them may reduce another, or itself: a second unit of therapy is reduced too.
  static func mayReduce(_ lines: [FeePricedLine]) -> Bool {
    var units: [Family: Units] = [:]
    for line in lines where indicators.contains(line.indicators.multipleProcedure) && line.units > Units(0) {
      let family = Family(day: line.day, indicator: line.indicators.multipleProcedure)
      guard units[family] == nil, line.units <= .one else { return true }
      units[family] = line.units
    }
    return false
  }

  private struct Family: Hashable {
    let day: CalendarDate
    let indicator: Character
  }
}
