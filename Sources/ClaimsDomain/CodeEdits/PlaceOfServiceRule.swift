/// CO-16 with M77: a place of service that CMS does not list (Claims Processing Manual, chapter 26, section 10.5). On an
/// institutional claim the type of bill says where.
package struct PlaceOfServiceRule: Sendable {
  private let editions: Editions<CodeList>

  package init(_ editions: Editions<CodeList>) {
    self.editions = editions
  }

  /// Nil where the place is known, or no edition is for the day.
  package func denial(of line: ServiceLine, on day: CalendarDate) -> Denial? {
    guard let codes = editions[day], !codes.contains(line.placeOfService) else { return nil }
    return Denial(
      .contractual, "16", remark: "M77", by: .placeOfServiceUnknown,
      RuleInput("place of service", line.placeOfService))
  }
}
