import ClaimsDomain
import Testing

@Suite("Who has a member number")
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

  @Test("is the same person however the name is written, as far as both sides say who it is")
  func same() throws {
    let born = "1984-05-12"
    for said in [
      ("QUENNELL", "MARISOL", born), ("Quennell-Ruiz", "Marisol", born), ("RUIZ", "MARISOL ANN", born),
      ("QUENNELL", "M", born), ("", "", born), ("QUENNELL", "MARISOL", nil), ("QUENNELL JR", "M.", nil), ("", "", nil),
    ] as [(String, String, String?)] {
      #expect(try difference(("Quennell", "Marisol", born), said) == nil, "\(said)")
    }
    #expect(try difference(("O'Brien", "José", nil), ("OBRIEN", "JOSE", "1984-05-12")) == nil)
  }

  @Test("is another person with another birth date or first name, and with another last name where no birth date tells")
  func another() throws {
    let member = ("Quennell", "Marisol", "1984-05-12" as String?)
    #expect(try difference(member, ("QUENNELL", "MARISOL", "1984-05-13")) == .birthDate)
    #expect(try difference(member, ("QUENNELL", "TOBIAS", "1984-05-12")) == .name, "a twin")
    #expect(try difference(member, ("SMITH", "MARISOL", nil)) == .name)
    #expect(try difference(member, ("QUENNELL", "TOBIAS", nil)) == .name)
  }
}
