/// Whether the practice expense is the physician's own or a facility's: each has its own RVUs.
package enum PracticeSetting: String, Hashable, Sendable, CaseIterable {
  case facility
  case nonFacility = "non-facility"

  /// Where the physician is paid at the facility rate; everywhere else at the non-facility rate (Medicare Claims
  /// Processing Manual, chapter 12, section 20.4.2, and chapter 26, section 10.5). 02 is telehealth elsewhere than in
  /// the patient's home, 10 telehealth in it.
  private static let facilities: Set<String> = [
    "02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61",
  ]

  package init(placeOfService: String) {
    self = Self.facilities.contains(placeOfService) ? .facility : .nonFacility
  }
}
