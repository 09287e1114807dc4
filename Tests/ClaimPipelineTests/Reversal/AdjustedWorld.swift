import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import TestSupport
import Testing
import Verification

/// A payer whose claims are decided repeatedly, by rules that differ in the plan's coinsurance.
struct AdjustedWorld {
  let world: ClaimsWorld
  let store: ClaimStore
  /// The day on which claims are received; nil for the day on which they are processed.
  var receivedOn: CalendarDate?

  /// Rules that pay, after the deductible, 80 %, everything or half; and rules that pay 80 % of services that the
  /// others do not cover.
  static let usual = SampleRuleset.make(id: "usual", coinsurance: 2_000, promptPay: promptPay)
  static let generous = SampleRuleset.make(id: "generous", coinsurance: 0, promptPay: promptPay)
  static let strict = SampleRuleset.make(id: "strict", coinsurance: 5_000, promptPay: promptPay)
  static let covering = SampleRuleset.make(id: "covering", promptPay: promptPay, covers: true)
  static let rulesets = [usual, generous, strict]

  /// 18 % a year, from the 31st day.
  private static let promptPay = PromptPay(
    days: 30,
    rates: [PromptPayRate(from: CalendarDate(dayNumber: 0) ?? .openEnd, percent: AnnualRate(scaled: 18_000))])

  init(on kind: StoreKind) async throws {
    world = try ClaimsWorld(on: kind, ruleset: Self.usual)
    store = try await world.openStore()
  }

  init(_ world: ClaimsWorld, _ store: ClaimStore) {
    self.world = world
    self.store = store
  }

  @discardableResult
  func process(_ claims: [SubmittedClaim], by ruleset: Ruleset = usual) async throws -> [EndedClaim] {
    try await world.process(claims, on: store, ruleset: ruleset, receivedOn: receivedOn)
  }

  /// Decides a claim again.
  @discardableResult
  func adjust(
    _ number: String, by ruleset: Ruleset, for cause: ClaimRevision.Cause = .rules, denial: ChosenDenial? = nil
  ) async throws -> EndedClaim {
    let prior = try await standing(number)
    let waivers = cause == .release ? prior.suspense?.reason.waivers : nil
    let revised = try prior.revised(for: cause, by: ruleset.id, waiving: waivers ?? [], denial: denial)
    return try #require(try await process([revised], by: ruleset).first)
  }

  func standing(_ number: String) async throws -> StandingClaim {
    try await store.read { try StandingClaim(named: number, in: $0) }
  }

  /// Returns the amount that the plan pays by the current decisions.
  func decided(_ numbers: [String]) async throws -> Money {
    var total = Money.zero
    for number in numbers { total = try total + (try await standing(number).decision?.paid ?? .zero) }
    return total
  }

  /// Returns the standing payment for a claim.
  func payment(of number: String) async throws -> PaymentRow? {
    let id = try await standing(number).row.id
    return try await store.read { try $0.payments(of: [id]) }.first(where: \.state.isStanding)
  }

  /// Returns the interest for late payment in the standing payments.
  private func interest(on numbers: [String]) async throws -> Money {
    var total = Money.zero
    for number in numbers { total = try total + (try await payment(of: number)?.interest ?? .zero) }
    return total
  }

  func owed() async throws -> Money {
    try await store.read { try $0.owed(by: ["1234567893"])["1234567893"] } ?? .zero
  }

  /// Returns the net amount that the bank has moved, by its own books.
  func moved() async throws -> Money { try await world.bank.totals().net }

  /// Returns the findings of `claims verify`.
  func broken() async throws -> [String] { try await Self.broken(in: store, world) }

  private static func broken(in store: ClaimStore, _ world: ClaimsWorld) async throws -> [String] {
    let rulesets = Dictionary(uniqueKeysWithValues: (rulesets + [covering]).map { ($0.id, $0) })
    let report = try await Verifier(store: store).verify(rulesets: rulesets, bank: world.bank)
    return report.findings.map { "\($0)" }
  }

  /// Checks that no invariant is broken, and that the bank has moved the decided amounts, the interest, and what the
  /// payee still owes.
  func check(
    _ numbers: [String], _ note: String = "", sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    let broken = try await broken()
    #expect(broken.isEmpty, "\(note)", sourceLocation: sourceLocation)
    let (moved, decided, owed) = (try await moved(), try await decided(numbers), try await owed())
    let interest = try await interest(on: numbers)
    #expect(moved == (try decided + interest + owed), "\(note)", sourceLocation: sourceLocation)
  }
}
