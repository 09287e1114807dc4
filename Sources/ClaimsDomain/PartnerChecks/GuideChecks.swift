/// Which faults against an implementation guide send a claim back. The others are warnings: its sender is told, and the claim
/// goes on.
package struct GuideChecks: Hashable, Sendable {
  package enum Profile: String, Hashable, Sendable, CaseIterable {
    /// Faults in what says who, what, when, how much or who pays are errors.
    case standard
    /// All faults are.
    case strict
  }

  package var profile: Profile
  /// Single checks that were moved: whether a fault at a place is an error. No place makes up a value: what is missing stays
  /// missing, and a claim that cannot be decided without it is sent back whatever stands here.
  package var moved: [Place: Bool]

  package init(_ profile: Profile = .standard, moved: [Place: Bool] = [:]) {
    self.profile = profile
    self.moved = moved
  }

  package static let standard = GuideChecks()
  package static let strict = GuideChecks(.strict)

  /// A segment of a loop, or one of its elements: `2010AA PER`, `2400 SV104`, `2300 CLM05`.
  package struct Place: Hashable, Sendable, CustomStringConvertible {
    package let loop: String
    package let segment: String
    package let element: Int?

    package init(loop: String, segment: String, element: Int? = nil) {
      self.loop = loop
      self.segment = segment
      self.element = element
    }

    /// Nil for a text of another form.
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

  /// - Parameter isDecisive: whether it is in what says who, what, when, how much or who pays.
  package func isError(at place: Place, isDecisive: Bool) -> Bool {
    moved[place] ?? moved[Place(loop: place.loop, segment: place.segment)] ?? (isDecisive || profile == .strict)
  }
}
