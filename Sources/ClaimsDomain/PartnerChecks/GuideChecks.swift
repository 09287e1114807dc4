/// Which violations of an implementation guide send a claim back. The others are warnings: the sender is notified, and
/// the claim proceeds.
package struct GuideChecks: Hashable, Sendable {
  package enum Profile: String, Hashable, Sendable, CaseIterable {
    /// Violations in what determines who, what, when, how much, or who pays are errors.
    case standard
    /// All violations are errors.
    case strict
  }

  package var profile: Profile
  /// Overrides for individual checks: whether a violation at a place is an error. An override never supplies a value: a
  /// missing value stays missing, and a claim that cannot be decided without it is sent back regardless.
  package var moved: [Place: Bool]

  package init(_ profile: Profile = .standard, moved: [Place: Bool] = [:]) {
    self.profile = profile
    self.moved = moved
  }

  package static let standard = GuideChecks()
  package static let strict = GuideChecks(.strict)

  /// A segment of a loop, or one of its elements, such as `2010AA PER`, `2400 SV104`, or `2300 CLM05`.
  package struct Place: Hashable, Sendable, CustomStringConvertible {
    package let loop: String
    package let segment: String
    package let element: Int?

    package init(loop: String, segment: String, element: Int? = nil) {
      self.loop = loop
      self.segment = segment
      self.element = element
    }

    /// Returns nil when the text has another form.
    package init?(parsing text: String) {
      guard let match = text.wholeMatch(of: /([0-9]{4}[A-Z]{0,2}|-) ([A-Z][A-Z0-9]{1,2}?)([0-9]{2})?/) else {
        return nil
      }
      loop = match.1 == "-" ? "" : String(match.1)
      segment = String(match.2)
      element = match.3.flatMap { Int($0) }
    }

    package var description: String {
      "\(loop.isEmpty ? "-" : loop) \(segment)" + (element.map { $0 < 10 ? "0\($0)" : "\($0)" } ?? "")
    }
  }

  /// - Parameter isDecisive: Whether the place determines who, what, when, how much, or who pays.
  package func isError(at place: Place, isDecisive: Bool) -> Bool {
    moved[place] ?? moved[Place(loop: place.loop, segment: place.segment)] ?? (isDecisive || profile == .strict)
  }
}
