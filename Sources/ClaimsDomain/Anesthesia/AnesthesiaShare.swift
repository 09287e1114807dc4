/// The part of a patient's anesthesia on one day that one line bills.
///
/// One anesthesia service is paid for a patient and day, whichever providers bill it and on whichever claims (Claims
/// Processing Manual, chapter 12, section 50.E). Either one provider performs all of it, or one directs and another is
/// directed (sections 50.C and 140.3).
package struct AnesthesiaShare: Hashable, Sendable {
  package enum Part: String, CaseIterable, Sendable {
    case whole, directing, directed

    init(_ modifiers: [String]) {
      if modifiers.contains("QX") {
        self = .directed
      } else if !Set(["QK", "QY", "AD"]).isDisjoint(with: modifiers) {
        self = .directing
      } else {
        self = .whole
      }
    }

    /// The parts that are not paid in addition to this one.
    var excluded: [Part] {
      switch self {
      case .whole: Part.allCases
      case .directing, .directed: [.whole, self]
      }
    }
  }

  /// Anesthesia add-on codes, which are billed in addition to another code with units of their own (NCCI policy manual,
  /// chapter II).
  private static let addOns: Set<String> = ["01953", "01968", "01969"]

  package let member: MemberID
  package let day: CalendarDate
  package let part: Part

  private init(member: MemberID, day: CalendarDate, part: Part) {
    (self.member, self.day, self.part) = (member, day, part)
  }

  /// Returns nil for a line that is not an anesthesia service of its own.
  ///
  /// - Parameters:
  ///   - day: One of the line's days.
  ///   - member: The member, as for `ServiceSignature`.
  package init?(of line: ServiceLine, on day: CalendarDate, member: MemberID) {
    guard Self.isAnesthesia(line) else { return nil }
    self.init(member: member, day: day, part: Part(line.procedure?.modifiers ?? []))
  }

  /// Whether a line counts minutes of anesthesia other than those of an add-on.
  static func isAnesthesia(_ line: ServiceLine) -> Bool { line.basis == .minutes && !addOns.contains(line.code) }

  /// The shares that are not paid in addition to this one.
  package var excluded: [AnesthesiaShare] {
    part.excluded.map { AnesthesiaShare(member: member, day: day, part: $0) }
  }

  /// The share as text to be hashed. It never equals the text of another signature. It contains the member's number:
  /// store and log only the hash, never this text.
  package var text: String {
    ServiceSignature.text(of: ["anesthesia/1", member.text, day.description, part.rawValue])
  }
}
