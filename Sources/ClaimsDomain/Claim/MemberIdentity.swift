import StrictText

/// The person who has a member number, according to a member file or an enrollment transaction.
package struct MemberIdentity: Hashable, Sendable, Codable {
  /// The first and last name.
  package let name: PersonName
  package let birthDate: CalendarDate?

  package init(name: PersonName, birthDate: CalendarDate?) {
    self.name = PersonName(last: name.last, first: name.first)
    self.birthDate = birthDate
  }

  /// A way in which a submitted identity differs from the one on record.
  package enum Difference: Hashable, Sendable {
    case birthDate
    case name
  }

  /// Returns why a person with the given name and birth date cannot be this person; nil when they can be.
  ///
  /// The birth date and the first name decide. Because a last name can change with marriage, it counts only when a
  /// birth date is missing. A value missing on either side is not compared. Names are compared by their letters, and
  /// one may be a prefix of the other, such as an initial.
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
