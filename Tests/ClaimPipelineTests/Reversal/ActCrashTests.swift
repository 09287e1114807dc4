import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing
import Verification

@Suite("A crash or a lost reply at every call of a person's act", .postgres)
struct ActCrashTests {
  /// The reason for which a claim waits, the person's act, and the payment after it: 160.00 allowed, 30.00 copay.
  enum Act: String, CaseIterable {
    case release, deny, price, otherPayer, document

    var claim: SubmittedClaim {
      var claim = SampleClaim.make("W-1", sequence: self == .otherPayer ? .secondary : .primary)
      switch self {
      case .release, .deny: claim.relatedCauses = ["AA"]
      case .price: claim.lines[0].basis = .minutes
      case .otherPayer: claim.otherPayers = [OtherPayer(id: PayerID("KEY1"), sequence: .primary)]
      case .document: claim.assignsBenefits = false
      }
      return claim
    }

    var moved: [Int64] {
      switch self {
      case .release, .document: [13_000]
      case .deny: []
      case .price: [9_000]
      case .otherPayer: [2_500]
      }
    }

    func revised(_ prior: StandingClaim, by ruleset: RulesetID) throws -> SubmittedClaim {
      switch self {
      case .release: try prior.revised(for: .release, by: ruleset, waiving: prior.suspense?.reason.waivers ?? [])
      case .deny:
        try prior.revised(
          for: .denial, by: ruleset, denial: ChosenDenial(group: .contractual, reason: "16", remark: "M76"))
      case .price:
        try prior.revised(for: .price, by: ruleset, prices: [ChosenPrice(line: 1, amount: Money(cents: 12_000))])
      case .otherPayer:
        try prior.revised(
          for: .otherPayer, by: ruleset,
          otherPayers: [
            EnteredPayer(
              id: PayerID("KEY1"), sequence: .primary,
              result: .init(paid: Money(cents: 15_000), patientOwes: Money(cents: 2_500)))
          ])
      case .document:
        try prior.revised(
          for: .document, by: ruleset, waiving: [.wait(.benefitsNotAssigned)], document: "assignment, file 17")
      }
    }
  }

  private static let ruleset: Ruleset = {
    let sample = SampleRuleset.make()
    var plans = sample.plans
    plans[SampleRuleset.planID]?.coordinationOfBenefits = .standard
    return Ruleset(id: sample.id, digest: sample.digest, plans: plans, feeSchedules: [:])
  }()

  @Test(
    "with one fault anywhere, the claim is decided once and paid once, and every invariant holds",
    arguments: Act.allCases.map { (StoreKind.sqlite, $0) } + [(.postgres, .price)])
  func everySingleFault(on kind: StoreKind, _ act: Act) async throws {
    let calls = try await run(on: kind, act, [:]).script.calls
    for number in calls.indices.map({ $0 + 1 }) {
      for fault in FaultScript.Fault.differing(at: calls[number - 1]) {
        let run = try await run(on: kind, act, [number: fault])
        let note: Comment = "call \(number) \(calls[number - 1]) \(fault)"
        #expect(run.script.hasFired(number), note)
        #expect(run.ended.map(\.word) == [act == .deny ? "denied" : "paid"], note)
        #expect(try await run.world.bank.transfers().map(\.amount.cents) == act.moved, note)
        let report = try await Self.verify(try await run.world.openStore(), run.world)
        #expect(report.findings.isEmpty, note)
      }
    }
    print("\(act.rawValue) by hand, \(kind.testDescription): \(calls.count) calls, each failed in every way")
  }

  private static func verify(_ store: ClaimStore, _ world: ClaimsWorld) async throws -> VerificationReport {
    try await Verifier(store: store).verify(rulesets: [ruleset.id: ruleset], bank: world.bank)
  }

  private func run(on kind: StoreKind, _ act: Act, _ plan: [Int: FaultScript.Fault]) async throws -> CrashRun {
    try await CrashRun(on: kind, plan, ruleset: Self.ruleset) { world in
      let store = try await world.openStore()
      let waits = try await world.process([act.claim], on: store)
      #expect(waits.map(\.word) == ["suspended"])
      let prior = try await store.read { try StandingClaim(named: "W-1", in: $0) }
      return [try act.revised(prior, by: Self.ruleset.id)]
    }
  }
}
