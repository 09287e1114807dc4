import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing
import Verification

@Suite("Care for a day and code for which another claim was allowed", .postgres)
struct NearDuplicateTests {
  private static let asking = SampleRuleset.make(id: "asking", nearDuplicates: .suspend)
  private static let first = SampleClaim.make("A-1")
  /// The same visit with another charge.
  private static let second = SampleClaim.make("A-2", services: [.init("G0463", 25_000)])

  private func desk(on kind: StoreKind) async throws -> AdjustedWorld {
    let world = try ClaimsWorld(on: kind, ruleset: Self.asking)
    return AdjustedWorld(world, try await world.openStore())
  }

  private func process(_ claims: SubmittedClaim..., at desk: AdjustedWorld) async throws -> [String] {
    try await desk.process(claims, by: Self.asking).map(\.word)
  }

  /// Returns the findings of `claims verify` under the rules that decided the claims.
  private func broken(at desk: AdjustedWorld) async throws -> [String] {
    func broken(in store: ClaimStore) async throws -> [String] {
      try await Verifier(store: store).verify(rulesets: [Self.asking.id: Self.asking], bank: desk.world.bank)
        .findings.map { "\($0)" }
    }
    return try await broken(in: desk.store)
  }

  /// The ways in which a claim may differ from the first and still be the same care.
  enum Difference: CaseIterable {
    case charge, units, modifier, place, provider, lastDay, firstDay

    func claim() throws -> SubmittedClaim {
      var claim = SampleClaim.make("A-2")
      switch self {
      case .charge: return NearDuplicateTests.second
      case .units: claim.lines[0].units = Units(2)
      case .modifier: claim.lines[0].procedure?.modifiers = ["25"]
      case .place: claim.lines[0].placeOfService = "12"
      case .provider: claim.renderingProvider = Provider(name: "Colleague", npi: "1111111112")
      case .lastDay:
        let day = try #require(CalendarDate(year: 2026, month: 3, day: 2))
        let next = try #require(CalendarDate(year: 2026, month: 3, day: 3))
        claim.lines[0].serviceDates = DateRange(day, through: next)
      case .firstDay:
        let before = try #require(CalendarDate(year: 2026, month: 3, day: 1))
        let day = try #require(CalendarDate(year: 2026, month: 3, day: 2))
        claim.lines[0].serviceDates = DateRange(before, through: day)
      }
      return claim
    }
  }

  @Test(
    "waits for a person, whatever the difference, beside the other claim or after it",
    arguments: Difference.allCases, StoreKind.allCases)
  func suspended(_ difference: Difference, on kind: StoreKind) async throws {
    let claim = try difference.claim()
    let together = try await desk(on: kind)
    #expect(try await process(Self.first, claim, at: together) == ["paid", "suspended"])
    let later = try await desk(on: kind)
    #expect(try await process(Self.first, at: later) == ["paid"])
    #expect(try await process(claim, at: later) == ["suspended"])
    for desk in [together, later] {
      let original = try await desk.standing("A-1").row.id
      let suspense = try #require(try await desk.standing("A-2").suspense)
      #expect(
        suspense.reason == .nearDuplicate && suspense.otherClaims == [original],
        "the suspense names the other claim for the examiner")
      let resemblance = try #require(suspense.resemblances.first)
      #expect(resemblance.claimID == original && (50..<100).contains(resemblance.score), "\(resemblance)")
      #expect(resemblance.traits.count == 1, "the score says what is different")
      #expect(try await desk.standing("A-2").row.keys.payment == nil)
      #expect(try await process(claim, at: desk) == ["suspended"], "the outcome is replayed")
      #expect(try await desk.world.bank.transfers().count == 1)
      #expect(try await broken(at: desk) == [])
    }
  }

  @Test(
    "is near to care of several days that include its day, whichever comes first", arguments: StoreKind.allCases)
  func spans(on kind: StoreKind) async throws {
    var span = SampleClaim.make("A-1")
    let days = try (1...4).map { try #require(CalendarDate(year: 2026, month: 3, day: $0)) }
    span.lines[0].serviceDates = DateRange(days[0], through: days[3])
    for day in 1...4 {
      for isFirst in [true, false] {
        let one = SampleClaim.make("A-2", day: day)
        let claims = isFirst ? [one, span] : [span, one]
        let (together, apart) = (try await desk(on: kind), try await desk(on: kind))
        #expect(try await together.process(claims, by: Self.asking).map(\.word) == ["paid", "suspended"])
        for (claim, word) in zip(claims, ["paid", "suspended"]) {
          #expect(try await process(claim, at: apart) == [word], "\(day)")
        }
        for desk in [together, apart] { #expect(try await broken(at: desk) == []) }
      }
    }
    let desk = try await desk(on: kind)
    #expect(try await process(span, SampleClaim.make("A-3", day: 5), at: desk) == ["paid", "paid"])
  }

  @Test("is paid if it comes first, and the other waits", arguments: StoreKind.allCases)
  func order(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    #expect(try await process(Self.second, Self.first, at: desk) == ["paid", "suspended"])
    let paid = try await desk.standing("A-2").row.id
    #expect(try await desk.standing("A-1").suspense?.otherClaims == [paid])
  }

  @Test(
    "is paid once a person has released it, and either claim may be adjusted after that", arguments: StoreKind.allCases)
  func released(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    #expect(try await process(Self.first, Self.second, at: desk) == ["paid", "suspended"])
    #expect(try await desk.adjust("A-2", by: Self.asking, for: .release).word == "paid")
    #expect(try await desk.world.bank.transfers().count == 2)
    for number in ["A-1", "A-2"] {
      #expect(try await desk.adjust(number, by: Self.asking, for: .accumulators).word == "paid")
    }
    // 130.00 and 170.00: for each visit, the plan pays 80 % of the charge, less the copay.
    #expect(try await desk.moved() == Money(cents: 30_000))
    #expect(try await broken(at: desk) == [])
    // A third claim waits again.
    let third = SampleClaim.make("A-3", services: [.init("G0463", 30_000)])
    #expect(try await process(third, at: desk) == ["suspended"])
  }

  @Test("is paid if modifier 76 marks it as a second service", arguments: StoreKind.allCases)
  func repeated(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    var claim = Self.second
    claim.lines[0].procedure?.modifiers = ["76"]
    #expect(try await process(Self.first, claim, at: desk) == ["paid", "paid"])
  }

  @Test("is OA-18 if it is identical, whatever else is near to it", arguments: StoreKind.allCases)
  func exact(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    #expect(
      try await process(Self.first, SampleClaim.make("A-9"), Self.second, at: desk) == [
        "paid", "denied", "suspended",
      ])
    #expect(try await desk.adjust("A-2", by: Self.asking, for: .release).word == "paid")
    #expect(try await process(SampleClaim.make("A-10"), at: desk) == ["denied"])
    #expect(try await desk.standing("A-10").decision?.lines[0].adjustments.map(\.code) == ["OA-18"])
  }

  @Test("does not count if the other claim was voided, denied or replaced", arguments: StoreKind.allCases)
  func replaced(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    #expect(try await process(Self.first, at: desk) == ["paid"])
    let replacement = try await taking(the: Self.first, to: .replacement, as: "A-3", cents: 22_000, at: desk)
    #expect(
      try await process(replacement, at: desk) == ["paid"], "the claim that it replaces does not count as another claim"
    )
    #expect(try await process(Self.second, at: desk) == ["suspended"])
    let void = try await taking(the: replacement, to: .void, as: "A-4", cents: 22_000, at: desk)
    #expect(try await process(void, at: desk) == ["denied"])
    let fifth = SampleClaim.make("A-5", services: [.init("G0463", 26_000)])
    #expect(try await process(fifth, at: desk) == ["paid"])
    let another = try await taking(the: fifth, to: .void, as: "A-6", cents: 26_000, at: desk)
    #expect(
      try await process(another, SampleClaim.make("A-7", services: [.init("G0463", 26_000)]), at: desk) == [
        "denied", "paid",
      ], "a claim that is voided in the same batch does not count either")
    #expect(try await broken(at: desk) == [])
  }

  private func taking(
    the prior: SubmittedClaim, to frequency: ClaimFrequency, as number: String, cents: Int64, at desk: AdjustedWorld
  ) async throws -> SubmittedClaim {
    var claim = SampleClaim.make(number, services: [.init("G0463", cents)], frequency: frequency)
    claim.payerControlNumber = try await desk.standing(prior.claimNumber.text).row.id.text
    return claim
  }

  @Test(
    "is not near to care of another code or member, or two days apart, nor to the claim's own lines",
    arguments: StoreKind.allCases)
  func others(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    let words = try await process(
      Self.first, SampleClaim.make("B-1", day: 4), SampleClaim.make("B-2", services: [.init("E0607", 20_000)]),
      SampleClaim.make("B-3", member: "W100000002"),
      SampleClaim.make("B-4", day: 6, services: [.init("G0463", 20_000), .init("G0463", 25_000)]), at: desk)
    #expect(words == ["paid", "paid", "paid", "paid", "paid"])
  }

  @Test(
    "is looked up in one statement per batch, and not at all if the plan does not ask for it",
    arguments: [asking, SampleRuleset.make()], StoreKind.allCases)
  func reading(by ruleset: Ruleset, on kind: StoreKind) async throws {
    let (world, reads) = (try ClaimsWorld(on: kind, ruleset: ruleset), CallCount())
    let store = try await world.openStore(probe: reads.probe)
    let ended = try await world.process([Self.first, Self.second], on: store)
    let asks = ruleset.id == Self.asking.id
    #expect(ended.map(\.word) == ["paid", asks ? "suspended" : "paid"])
    #expect(reads.of("decisions.allowedOrNear") == (asks ? 1 : 0))
    #expect(reads.of("decisions.allowed") == (asks ? 0 : 1))
    let ids = ended.compactMap { $0.audited?.row.id }
    let lines = try await store.read { try $0.decisions(of: ids) }.flatMap(\.lines)
    #expect(lines.map(\.days[0].nearSignature.isEmpty) == (asks ? [false] : [true, true]))
  }
}
