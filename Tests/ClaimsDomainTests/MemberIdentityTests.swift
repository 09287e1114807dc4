import ClaimsDomain
import Testing

@Suite("The person who has a member number")
struct MemberIdentityTests {
  private func difference(
    _ recorded: (last: String, first: String, born: String?), _ said: (last: String, first: String, born: String?)
  ) throws -> MemberIdentity.Difference? {
    func name(_ person: (last: String, first: String, born: String?)) -> PersonName {
      PersonName(last: person.last, first: person.first)
    }
    return MemberIdentity(name: name(recorded), birthDate: try recorded.born.map { try Sample.day($0) })
      .difference(from: name(said), born: try said.born.map { try Sample.day($0) })
  }

  @Test("is the same however the name is written, as far as both sides identify the person")
  func same() throws {
    let born = "1984-05-12"
    for said in [
      ("QUENNELL", "MARISOL", born), ("Quennell-Ruiz", "Marisol", born), ("RUIZ", "MARISOL ANN", born),
      ("QUENNELL", "M", born), ("", "", born), ("QUENNELL", "MARISOL", nil), ("QUENNELL JR", "M.", nil),
      ("", "Marisol", nil),
    ] as [(String, String, String?)] {
      #expect(try difference(("Quennell", "Marisol", born), said) == nil, "\(said)")
    }
    for (recorded, said) in [
      (("O'Brien", "José", nil), ("OBRIEN", "JOSE", "1984-05-12")), (("De la Cruz", "Ana", nil), ("CRUZ", "ANA", nil)),
      (("Müller", "Jörg", nil), ("MUELLER", "JOERG", nil)), (("Müller", "Jörg", nil), ("MULLER", "JORG", nil)),
      (("Sørensen", "Søren", nil), ("SORENSEN", "SOREN", nil)), (("Łuk", "Łukasz", nil), ("LUK", "LUKASZ", nil)),
      (("Quennell", "J. Robert", born), ("QUENNELL", "ROBERT", born)), (("Smith", "", nil), ("SMITH", "JOHN", born)),
    ] as [((String, String, String?), (String, String, String?))] {
      #expect(try difference(recorded, said) == nil, "\(recorded) \(said)")
    }
  }

  @Test("differs by birth date or first name, or by last name if there is no birth date to compare")
  func another() throws {
    let member = ("Quennell", "Marisol", "1984-05-12" as String?)
    #expect(try difference(member, ("QUENNELL", "MARISOL", "1984-05-13")) == .birthDate)
    #expect(try difference(member, ("QUENNELL", "TOBIAS", "1984-05-12")) == .name, "a twin has another first name")
    #expect(try difference(member, ("SMITH", "MARISOL", nil)) == .name)
    #expect(try difference(member, ("QUENNELL", "TOBIAS", nil)) == .name)
    for (recorded, said) in [
      (("Smith", "John", nil), ("SMITHSON", "JOHN", nil)), (("Smith", "John", nil), ("SMI", "JOHN", nil)),
      (("Smith", "John", nil), ("S", "J", nil)), (("Ng", "Li", nil), ("NGUYEN", "LI", nil)),
      (("Smith", "Paul", "2012-02-02"), ("SMITH", "PAULA", "2012-02-02")),
      (("Smith", "Ann", "1984-05-12"), ("SMITH", "ANNETTE", "1984-05-12")),
    ] as [((String, String, String?), (String, String, String?))] {
      #expect(try difference(recorded, said) == .name, "\(recorded) \(said)")
    }
  }

  @Test("cannot be established without a birth date or a first name to compare")
  func nothing() throws {
    let member = ("Smith", "John", "1950-01-01" as String?)
    for said in [
      ("", "", nil), ("SMITH", "", nil), (".", ".", nil), ("SMITH", ".", "1950-01-01"), ("SMITH", "123", "1950-01-01"),
    ]
      as [(String, String, String?)]
    {
      #expect(try difference(member, said) == .name, "\(said)")
    }
  }
}
