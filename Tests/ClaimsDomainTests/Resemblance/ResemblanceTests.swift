import ClaimsDomain
import Testing

@Suite("How closely two services resemble each other")
struct ResemblanceTests {
  private static let other = ClaimIntakeID("CLM-2")

  private static func claim(
    _ number: String, _ line: ServiceLine, _ change: (inout SubmittedClaim) -> Void = { _ in }
  ) throws -> SubmittedClaim {
    var claim = try Sample.claim([line], number: number)
    claim.billingProvider.taxID = "123456789"
    claim.diagnoses = ["I10"]
    change(&claim)
    return claim
  }

  private static func claim(
    _ line: ServiceLine, _ change: (inout SubmittedClaim) -> Void = { _ in }
  ) throws -> SubmittedClaim {
    try claim("A-100", line, change)
  }

  private static func resemblance(_ claim: SubmittedClaim, to other: SubmittedClaim) -> Resemblance? {
    Resemblance.closest(of: claim.lines[0], in: claim, to: other, as: Self.other)
  }

  private func check(
    _ traits: [Resemblance.Trait], _ score: Int, _ claim: SubmittedClaim, like other: SubmittedClaim? = nil
  ) throws {
    let other = try other ?? Self.claim("B-200", Sample.line(charge: "100"))
    let found = try #require(Self.resemblance(claim, to: other))
    #expect(found == Resemblance(to: Self.other, line: 1, otherLine: 1, traits: traits))
    #expect(found.score == score && found.mustWait == (score >= 50))
    let back = try #require(Self.resemblance(other, to: claim))
    #expect(back.score == score && back.traits == traits, "either claim may come first")
  }

  @Test("each difference takes its points away, and one alone always waits")
  func differences() throws {
    try check([], 100, Self.claim(Sample.line(charge: "100")))
    try check([.chargeMistyped], 95, Self.claim(Sample.line(charge: "100.01")))
    try check([.chargeMistyped], 95, Self.claim(Sample.line(charge: "1000")))
    try check([.chargeDiffers], 90, Self.claim(Sample.line(charge: "165")))
    try check([.unitsDiffer], 90, Self.claim(Sample.line(charge: "100", units: Units(2))))
    try check([.unitsDiffer], 90, Self.claim(Sample.line(charge: "200", units: Units(2))))
    try check([.modifiersDiffer], 90, Self.claim(Sample.line(charge: "100", modifiers: ["25"])))
    try check([.modifiersDiffer], 90, Self.claim(Sample.line(charge: "100", modifiers: ["LT"])))
    try check([.placeDiffers], 95, Self.claim(Sample.line(charge: "100", place: "12")))
    try check([.daysOverlap], 90, Self.claim(Sample.line(charge: "100", through: "2026-03-03")))
    try check([.dayApart], 55, Self.claim(Sample.line(charge: "100", on: "2026-03-03")))
    try check([.diagnosesDiffer], 90, Self.claim(Sample.line(charge: "100")) { $0.diagnoses = ["J029"] })
  }

  @Test("a provider is known by the first identifier that both have")
  func providers() throws {
    let line = try Sample.line(charge: "100")
    try check([.otherIdentifier], 95, Self.claim(line) { $0.billingProvider.npi = nil })
    try check([.providerMistyped], 90, Self.claim(line) { $0.billingProvider.npi = "1234567839" })
    try check(
      [.colleague], 80, Self.claim(line) { $0.renderingProvider = Provider(name: "Colleague", npi: "1111111112") })
    try check(
      [.otherProvider], 60,
      Self.claim(line) { $0.billingProvider = Provider(name: "Larch", npi: "1999999984", taxID: "987654321") })
  }

  @Test(
    "what a modifier says is another service does not wait",
    arguments: [
      (["LT"], ["RT"], Resemblance.Trait.otherSite), (["F1"], ["F2"], .otherSite), (["26"], ["TC"], .otherComponent),
      (["76"], [], .repeatedService), (["59"], ["XS"], .repeatedService),
    ])
  func distinct(one: [String], two: [String], trait: Resemblance.Trait) throws {
    let other = try Self.claim("B-200", Sample.line(charge: "100", modifiers: two))
    try check([trait], 40, Self.claim(Sample.line(charge: "100", modifiers: one)), like: other)
  }

  @Test("the same separating modifier on both says nothing, nor do sites of different groups")
  func indistinct() throws {
    for modifier in ["59", "76", "LT", "26"] {
      let other = try Self.claim("B-200", Sample.line(charge: "100", modifiers: [modifier]))
      try check([.chargeMistyped], 95, Self.claim(Sample.line(charge: "100.01", modifiers: [modifier])), like: other)
    }
    let lid = try Self.claim("B-200", Sample.line(charge: "100", modifiers: ["E1"]))
    try check([.modifiersDiffer], 90, Self.claim(Sample.line(charge: "100", modifiers: ["LT"])), like: lid)
  }

  @Test("a surgeon and an assistant are two people, and one person is not both")
  func surgeons() throws {
    let other = try Self.claim("B-200", Sample.line(charge: "100"))
    let assists = try Self.claim(Sample.line(charge: "100", modifiers: ["80"])) {
      $0.renderingProvider = Provider(name: "Colleague", npi: "1111111112")
    }
    try check([.colleague, .otherSurgeon], 20, assists, like: other)
    try check([.modifiersDiffer], 90, Self.claim(Sample.line(charge: "100", modifiers: ["80"])), like: other)
  }

  @Test("care that is usual on each day waits a day apart only if the claim's number is a copy")
  func daily() throws {
    for line in [
      try Sample.line(charge: "100", place: "21", on: "2026-03-03"),
      try Sample.line(charge: "100", modifiers: ["GP"], on: "2026-03-03"),
    ] {
      var other = try Self.claim("B-200", line)
      other.lines[0].serviceDates = try Sample.days("2026-03-02", "2026-03-02")
      try check([.dayApartInDailyCare], 40, Self.claim(line), like: other)
      try check([.dayApartInDailyCare, .numberMistyped], 55, Self.claim("B-020", line), like: other)
    }
  }

  @Test("another code, or more than a day apart, resembles nothing")
  func nothing() throws {
    let other = try Self.claim("B-200", Sample.line(charge: "100"))
    for line in [
      try Sample.line(1, "G0439", charge: "100"), try Sample.line(charge: "100", on: "2026-03-04"),
      try Sample.line(charge: "100", on: "2026-03-03", through: "2026-03-04"),
    ] {
      #expect(Self.resemblance(try Self.claim(line), to: other) == nil)
    }
  }

  @Test("a stay is compared by its days and its hospital, whatever the rooms and the charges")
  func stays() throws {
    func stay(_ number: String, _ revenue: String, _ charge: String, through last: String) throws -> SubmittedClaim {
      try Self.claim(number, Sample.line(1, "", charge: charge, revenue: revenue, through: last)) {
        ($0.kind, $0.facilityCode) = (.institutional, "11")
      }
    }
    let first = try stay("B-200", "0120", "900", through: "2026-03-05")
    try check([.daysOverlap], 90, stay("A-100", "0121", "1500", through: "2026-03-09"), like: first)
  }

  @Test("no score leaves 0 to 100, and each trait has words of its own")
  func closed() {
    let all = Resemblance.Trait.allCases
    #expect(Resemblance(to: Self.other, line: 1, otherLine: 1, traits: all).score == 0)
    #expect(Resemblance(to: Self.other, line: 1, otherLine: 1, traits: [.numberMistyped]).score == 100)
    #expect(Set(all.map(\.text)).count == all.count)
  }
}
