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
  /// The birth date and the first name decide, and at least one of them must be there to compare. Because a last name can
  /// change with marriage, it counts only when a birth date is missing. A value missing on either side is not compared.
  ///
  /// Names are compared word by word, without accents: each word of the shorter name must be one of the longer name's, or
  /// for first names its initial.
  package func difference(from name: PersonName, born birthDate: CalendarDate?) -> Difference? {
    let bothBorn = self.birthDate != nil && birthDate != nil
    if bothBorn, self.birthDate != birthDate { return .birthDate }
    let bothNamed = !self.name.first.isEmpty && !name.first.isEmpty
    let isKnownByLastNameAlone = self.birthDate == nil && self.name.first.isEmpty
    guard bothBorn || bothNamed || isKnownByLastNameAlone,
      Self.agree(self.name.first, name.first, initials: true),
      bothBorn || Self.agree(self.name.last, name.last, initials: false)
    else { return .name }
    return nil
  }

  /// Whether both have a first name, and the names agree.
  func hasFirstName(of other: MemberIdentity) -> Bool {
    !name.first.isEmpty && !other.name.first.isEmpty && Self.agree(name.first, other.name.first, initials: true)
  }

  private static func agree(_ name: String, _ other: String, initials: Bool) -> Bool {
    guard name != other, !name.isEmpty, !other.isEmpty else { return true }
    return [false, true].contains { umlauts in
      let names = [name.plainWords(spellingOut: umlauts), other.plainWords(spellingOut: umlauts)]
        .sorted { $0.count < $1.count }
      guard !names[0].isEmpty else { return false }
      return names[0].joined() == names[1].joined()
        || names[0].allSatisfy { word in names[1].contains { isSame(word, $0, initials: initials) } }
    }
  }

  private static func isSame(_ word: String, _ other: String, initials: Bool) -> Bool {
    word == other || (initials && (word.count == 1 || other.count == 1) && word.first == other.first)
  }

  enum CodingKeys: String, CodingKey {
    case name
    case birthDate = "birth_date"
  }
}
