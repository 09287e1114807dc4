/// What the directory says of a member on a day: the eligibility agent's answer, kept as a snapshot.
package enum CoverageStanding: Hashable, Sendable, Codable {
  /// In force.
  case active(Coverage)
  /// The member is known, but coverage begins later (PR-26).
  case notYetEffective
  /// The member is known, but coverage had ended (PR-27).
  case terminated
  /// Nobody of that number is known (PR-31).
  case memberUnknown

  /// What the spans of one member say of a day.
  package init(on day: CalendarDate, among spans: [Coverage]) {
    if let span = spans.first(where: { $0.effective.contains(day) }) {
      self = .active(span)
    } else if spans.isEmpty {
      self = .memberUnknown
    } else {
      self = spans.contains { $0.effective.last < day } ? .terminated : .notYetEffective
    }
  }
}
