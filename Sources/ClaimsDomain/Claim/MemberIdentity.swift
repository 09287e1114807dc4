import StrictText

/// Who has a member number, as a member file or an enrollment transaction says.
package struct MemberIdentity: Hashable, Sendable, Codable {
  /// First and last.
  package let name: PersonName
  package let birthDate: CalendarDate?

  package init(name: PersonName, birthDate: CalendarDate?) {
    self.name = PersonName(last: name.last, first: name.first)
    self.birthDate = birthDate
  }

  /// What is said of a person, and differs from what is on record.
  package enum Difference: Hashable, Sendable {
    case birthDate
    case name
  }

  /// How somebody of a name and birth date cannot be this person; nil where they can.
  ///
  /// The birth date and the first name decide; a last name changes with a marriage, and counts where no birth date does. What
  /// either side leaves out is not compared. Names are compared by their letters, and one may be shorter, as an initial is.
  package func difference(from name: PersonName, born birthDate: CalendarDate?) -> Difference? {
    let bothBorn = self.birthDate != nil && birthDate != nil
    if bothBorn, self.birthDate != birthDate { return .birthDate }
    guard Self.agree(self.name.first, name.first), bothBorn || Self.agree(self.name.last, name.last) else {
      return .name
    }
    return nil
  }

  private static func agree(_ name: String, _ other: String) -> Bool {
    guard name != other else { return true }
    let (letters, others) = (name.plainLetters, other.plainLetters)
    return letters.hasPrefix(others) || others.hasPrefix(letters)
  }

  enum CodingKeys: String, CodingKey {
    case name
    case birthDate = "birth_date"
  }
}
