import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing
import Verification

@Suite("Code edits across the claims of one day", .postgres)
struct CareDayTests {
  /// G0438 over G0439, and the add-on G0500 to G0438; at most three E0607 a day, and at most two E0601 a line.
  private static let editing: Ruleset = {
    let always = DateRange(SampleDay.of(1), through: .openEnd) ?? DateRange(.openEnd)
    let pair = ProcedureToProcedureEdit(
      column1: "G0438", column2: "G0439", effective: always.first, deletion: nil, modifierIndicator: .allowed)
    var tables = ReferenceTables(content: [:])
    tables.pairs[.practitioner] = Editions([(always, ProcedureToProcedureEdits([pair]))])
    tables.addOns = Editions([(always, ["G0500": AddOnCodeEdit(code: "G0500", kind: .listed, primaries: ["G0438"])])])
    tables.units[.practitioner] = Editions([
      (
        always,
        [
          "E0607": MedicallyUnlikelyEdit(code: "E0607", units: 3, adjudication: .dateOfServiceClinical),
          "E0601": MedicallyUnlikelyEdit(code: "E0601", units: 2, adjudication: .line),
        ]
      )
    ])
    return SampleRuleset.make(
      id: "editing", coinsurance: 0, edits: [.procedureToProcedure, .addOn, .medicallyUnlikely], tables: tables)
  }()

  private enum SampleDay {
    static func of(_ day: Int) -> CalendarDate { CalendarDate(year: 2026, month: 3, day: day) ?? .openEnd }
  }

  private func desk(on kind: StoreKind) async throws -> AdjustedWorld {
    let world = try ClaimsWorld(on: kind, ruleset: Self.editing)
    return AdjustedWorld(world, try await world.openStore())
  }

  private func process(_ claims: SubmittedClaim..., at desk: AdjustedWorld) async throws -> [String] {
    try await desk.process(claims, by: Self.editing).map(\.word)
  }

  private func broken(at desk: AdjustedWorld) async throws -> [String] {
    func broken(in store: ClaimStore) async throws -> [String] {
      try await Verifier(store: store).verify(rulesets: [Self.editing.id: Self.editing], bank: desk.world.bank)
        .findings.map { "\($0)" }
    }
    return try await broken(in: desk.store)
  }

  private static func claim(
    _ number: String, _ code: String, _ modifiers: [String] = [], units: Int = 1, cents: Int64 = 100_000, day: Int = 2,
    member: String = "W100000001", by provider: Provider? = nil
  ) -> SubmittedClaim {
    var claim = SampleClaim.make(number, member: member, day: day, services: [.init(code, cents)])
    claim.lines[0].procedure?.modifiers = modifiers
    claim.lines[0].units = Units(units)
    claim.renderingProvider = provider
    return claim
  }

  private static let colleague = Provider(name: "Colleague", npi: "1111111112")

  /// Returns the outcome of each claim: all in one batch, and one after another.
  private func bothWays(
    _ claims: SubmittedClaim..., on kind: StoreKind
  ) async throws -> (words: [[String]], desks: [AdjustedWorld]) {
    let (together, apart) = (try await desk(on: kind), try await desk(on: kind))
    let words = try await together.process(claims, by: Self.editing).map(\.word)
    var later: [String] = []
    for claim in claims { later += try await apart.process([claim], by: Self.editing).map(\.word) }
    return ([words, later], [together, apart])
  }

  private func denial(of number: String, at desk: AdjustedWorld) async throws -> [String] {
    let adjustments = try await desk.standing(number).decision?.lines[0].adjustments ?? []
    return adjustments.flatMap { adjustment in
      [adjustment.code] + adjustment.explanation.inputs.map { "\($0.name) \($0.value)" }
    }
  }

  @Test(
    "the column 2 code is denied because of column 1 on another claim, and the denial names that claim",
    arguments: StoreKind.allCases)
  func columnTwo(on kind: StoreKind) async throws {
    let (words, desks) = try await bothWays(Self.claim("A-1", "G0438"), Self.claim("A-2", "G0439"), on: kind)
    #expect(words == [["paid", "denied"], ["paid", "denied"]])
    for desk in desks {
      let first = try await desk.standing("A-1").row.id
      #expect(
        try await denial(of: "A-2", at: desk) == [
          "CO-236", "column 1 G0438", "column 2 G0439", "modifier indicator 1", "other claim \(first)",
        ])
      #expect(try await desk.world.bank.transfers().count == 1)
      #expect(try await broken(at: desk) == [])
    }
  }

  @Test("both codes are paid if a modifier on either line separates them", arguments: StoreKind.allCases)
  func modifiers(on kind: StoreKind) async throws {
    for (first, second) in [(["59"], []), ([], ["59"])] {
      let claims = (Self.claim("A-1", "G0438", first), Self.claim("A-2", "G0439", second))
      #expect(try await bothWays(claims.0, claims.1, on: kind).words == [["paid", "paid"], ["paid", "paid"]])
      #expect(try await bothWays(claims.1, claims.0, on: kind).words == [["paid", "paid"], ["paid", "paid"]])
    }
  }

  @Test(
    "the column 1 code waits if another claim was allowed column 2; a person releases it and adjusts the other claim",
    arguments: StoreKind.allCases)
  func columnOne(on kind: StoreKind) async throws {
    let (one, other) = (Self.claim("A-1", "G0438"), Self.claim("A-2", "G0439"))
    let (words, desks) = try await bothWays(other, one, on: kind)
    #expect(words == [["paid", "suspended"], ["paid", "suspended"]])
    for desk in desks {
      let paid = try await desk.standing("A-2").row.id
      let waiting = try await desk.standing("A-1")
      #expect(waiting.response.verdict == .suspended(Suspense(.columnTwoElsewhere, beside: [paid])))
      #expect(waiting.row.keys.payment == nil)
      #expect(try await process(one, at: desk) == ["suspended"], "the outcome is replayed")
      #expect(try await broken(at: desk) == [])

      #expect(try await desk.adjust("A-1", by: Self.editing, for: .release).word == "paid")
      #expect(try await broken(at: desk) == [])
      #expect(try await desk.adjust("A-2", by: Self.editing, for: .accumulators).word == "denied")
      let released = try await desk.standing("A-1").row.id
      #expect(try await denial(of: "A-2", at: desk).last == "other claim \(released)")
      // The 800.00 for A-1 remain valid, and the amount paid for A-2 is owed.
      #expect(try await desk.decided(["A-1", "A-2"]) == Money(cents: 80_000))
      #expect(try await desk.moved() == (try await desk.decided(["A-1", "A-2"]) + desk.owed()))
      #expect(
        try await desk.adjust("A-1", by: Self.editing, for: .accumulators).word == "paid", "the claim stays released")
      #expect(try await broken(at: desk) == [])
    }
  }

  @Test(
    "the units of a day are added up over its claims, and the units of a line are not", arguments: StoreKind.allCases)
  func units(on kind: StoreKind) async throws {
    let (words, desks) = try await bothWays(
      Self.claim("A-1", "E0607", units: 2), Self.claim("A-2", "E0607", units: 2, cents: 90_000),
      Self.claim("A-3", "E0607"),
      Self.claim("A-4", "E0601", units: 2), Self.claim("A-5", "E0601", ["RR"], units: 2), on: kind)
    let expected = ["paid", "denied", "paid", "paid", "paid"]
    #expect(words == [expected, expected], "a denied claim's units do not count")
    for desk in desks {
      let first = try await desk.standing("A-1").row.id
      #expect(
        try await denial(of: "A-2", at: desk) == [
          "CO-151", "code E0607", "units 4", "MUE 3", "MAI 3", "allowed before 2", "other claims \(first)",
        ])
      #expect(try await broken(at: desk) == [])
    }
  }

  @Test("an add-on is allowed with a primary on another allowed claim", arguments: StoreKind.allCases)
  func addOn(on kind: StoreKind) async throws {
    let (primary, addOn) = (Self.claim("A-1", "G0438"), Self.claim("A-2", "G0500"))
    #expect(try await bothWays(primary, addOn, on: kind).words == [["paid", "paid"], ["paid", "paid"]])
    let desk = try await desk(on: kind)
    #expect(try await process(addOn, primary, at: desk) == ["denied", "paid"], "a later primary does not count")
    #expect(
      try await desk.adjust("A-2", by: Self.editing, for: .accumulators).word == "paid",
      "an adjustment takes the later primary into account")
    #expect(try await broken(at: desk) == [])
  }

  @Test("care of several days is checked on each of them", arguments: StoreKind.allCases)
  func spans(on kind: StoreKind) async throws {
    func spanning(_ claim: SubmittedClaim, from first: Int, through last: Int) -> SubmittedClaim {
      var claim = claim
      claim.lines[0].serviceDates = DateRange(SampleDay.of(first), through: SampleDay.of(last))
      return claim
    }
    let (one, other) = (Self.claim("A-1", "G0438", day: 3), spanning(Self.claim("A-2", "G0439"), from: 2, through: 4))
    #expect(try await bothWays(one, other, on: kind).words == [["paid", "denied"], ["paid", "denied"]])
    #expect(try await bothWays(other, one, on: kind).words == [["paid", "suspended"], ["paid", "suspended"]])
    // Six units over three days are two a day; with two more on the last day there are four.
    let (many, more) = (
      spanning(Self.claim("B-1", "E0607", units: 6), from: 2, through: 4), Self.claim("B-2", "E0607", units: 2, day: 4)
    )
    let (words, desks) = try await bothWays(many, more, Self.claim("B-3", "E0607", units: 3, day: 5), on: kind)
    #expect(words == [["paid", "denied", "paid"], ["paid", "denied", "paid"]])
    for desk in desks { #expect(try await broken(at: desk) == []) }
    // An add-on requires its primary on each of its days.
    let addOn = spanning(Self.claim("C-2", "G0500"), from: 2, through: 3)
    #expect(
      try await bothWays(Self.claim("C-1", "G0438"), addOn, on: kind).words.allSatisfy { $0 == ["paid", "denied"] })
    let primary = spanning(Self.claim("C-1", "G0438"), from: 1, through: 3)
    #expect(try await bothWays(primary, addOn, on: kind).words.allSatisfy { $0 == ["paid", "paid"] })
  }

  @Test("claims of another member, day or provider do not count", arguments: StoreKind.allCases)
  func others(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    let words = try await process(
      Self.claim("A-1", "G0438"), Self.claim("B-1", "G0439", day: 3), Self.claim("B-2", "G0439", member: "W100000002"),
      Self.claim("B-3", "G0439", by: Self.colleague), Self.claim("B-4", "G0500", by: Self.colleague), at: desk)
    #expect(words == ["paid", "paid", "paid", "paid", "denied"])
  }

  private func taking(
    the prior: String, to frequency: ClaimFrequency, as claim: SubmittedClaim, at desk: AdjustedWorld
  ) async throws -> SubmittedClaim {
    var claim = claim
    claim.frequency = frequency
    claim.payerControlNumber = try await desk.standing(prior).row.id.text
    return claim
  }

  @Test("a replaced or voided claim no longer counts, even in the same batch", arguments: StoreKind.allCases)
  func replaced(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    #expect(try await process(Self.claim("A-1", "E0607", units: 3), at: desk) == ["paid"])
    let fewer = try await taking(the: "A-1", to: .replacement, as: Self.claim("A-2", "E0607", units: 2), at: desk)
    #expect(
      try await process(fewer, Self.claim("A-3", "E0607", ["RR"], units: 1), at: desk) == ["paid", "paid"],
      "the successor's units count, and the replaced claim's do not")
    #expect(try await process(Self.claim("A-4", "E0607", units: 1), at: desk) == ["denied"])
    let void = try await taking(the: "A-2", to: .void, as: Self.claim("A-5", "E0607", units: 2), at: desk)
    #expect(try await process(void, Self.claim("A-6", "E0607", units: 2), at: desk) == ["denied", "paid"])
    #expect(try await broken(at: desk) == [])
  }

  @Test("two workers in parallel allow no more than one after another would", arguments: StoreKind.allCases)
  func race(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind, ruleset: Self.editing)
    let (one, other) = (try await world.openStore(), try await world.openStore())
    // The members are known already: for an unknown member the two workers would take turns in any case.
    let known = (1...12).map { Self.claim("V-\($0)", "G0463", member: "W\($0)") }
    #expect(try await world.process(known, on: one).allSatisfy { $0.word == "paid" })
    for member in 1...12 {
      // The charges differ, because the same service twice would be OA-18, whatever the units.
      let claims = [("A", 100_000), ("B", 90_000)].map { name, cents in
        Self.claim("\(name)-\(member)", "E0607", units: 2, cents: cents, member: "W\(member)")
      }
      async let first = world.process([claims[0]], on: one, patience: .seconds(20))
      async let second = world.process([claims[1]], on: other, patience: .seconds(20))
      let ended = try await first + second
      #expect(ended.map(\.word).sorted() == ["denied", "paid"])
      let decisions = try await one.read { transaction in
        try ended.compactMap { $0.audited?.row }.map { try StandingClaim($0, in: transaction).decision }
      }
      let codes = decisions.compactMap(\.self).flatMap(\.lines).flatMap(\.adjustments).map(\.code)
      #expect(codes.contains("CO-151"))
    }
  }

  @Test(
    "other claims are read in one statement per batch, and not at all if the plan has no such edits",
    arguments: [editing, SampleRuleset.make(edits: [.diagnosis])], StoreKind.allCases)
  func reading(by ruleset: Ruleset, on kind: StoreKind) async throws {
    let (world, reads) = (try ClaimsWorld(on: kind, ruleset: ruleset), CallCount())
    let store = try await world.openStore(probe: reads.probe)
    _ = try await world.process([Self.claim("A-1", "G0438"), Self.claim("A-2", "E0601")], on: store)
    let edits = ruleset.id == Self.editing.id
    #expect(reads.of("decisions.allowedOnDay") == (edits ? 1 : 0))
  }
}
