/// One claim's care at one place, on one day, under one benefit rule: what one copay is for, and what a limit of visits
/// counts.
struct Visit: Hashable {
  let placeOfService: String
  let day: CalendarDate
  let benefit: String

  init(of line: CoveredLine, under benefit: BenefitRule) {
    placeOfService = line.line.placeOfService
    day = line.day
    self.benefit = benefit.id
  }
}
