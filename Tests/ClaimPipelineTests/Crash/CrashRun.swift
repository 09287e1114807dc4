import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing

extension FaultScript.Fault {
  /// Returns the faults of a call that differ in what they do. Statements exist only inside their transaction, so any
  /// fault in a statement has one effect: the transaction does not commit.
  static func differing(at call: String) -> [Self] {
    call == "commit" || call.hasPrefix("bank.") ? allCases : [.crashBefore]
  }
}

/// Processes the same claims in as many lives of the process as needed, under one script of faults.
struct CrashRun {
  let world: ClaimsWorld
  let script: FaultScript
  private(set) var ended: [EndedClaim] = []
  private(set) var lives = 0
  /// The store of the last life.
  private var store: ClaimStore?

  static let claims = [
    SampleClaim.make("PAYS", services: [.init("E0607", 100_000), .init("G0463", 20_000)]),
    SampleClaim.make("DENIED", member: "W100000002", services: [.init("A9270", 5_000)]),
    SampleClaim.make("PAYS-TOO", member: "W100000003"),
  ]
  static let words = ["paid", "denied", "paid"]

  /// - Parameter prepare: makes the initial state, without faults, and returns the claims to process under faults.
  init(
    on kind: StoreKind, _ plan: [Int: FaultScript.Fault] = [:], ruleset: Ruleset = SampleRuleset.make(),
    receivedOn: CalendarDate? = nil,
    prepare: (ClaimsWorld) async throws -> [SubmittedClaim] = { _ in claims }
  ) async throws {
    world = try ClaimsWorld(on: kind, ruleset: ruleset)
    script = FaultScript(plan)
    let claims = try await prepare(world)
    while lives < 6 {
      lives += 1
      do {
        let store = try await world.openStore(probe: script.probe)
        self.store = store
        let bank = ScriptedBank(bank: EmbeddedBank(world.bank), script: script)
        ended = try await world.process(claims, on: store, bank: bank, receivedOn: receivedOn)
        if ended.allSatisfy({ $0.audited != nil }) { return }
      } catch is FaultScript.Crash {
      } catch is StoreFailure {
      }
      script.revive()
      world.letLeasesEnd()
    }
  }

  /// Returns the stored response under each key of each claim.
  func responses() async throws -> [KeyText: [UInt8]] {
    let keys = ended.compactMap(\.audited?.row.keys)
      .flatMap { [$0.intake, $0.eligibility, $0.adjudication, $0.payment, $0.audit] }.compactMap(\.self)
    guard let store else { return [:] }
    return try await store.read { try $0.records(for: keys).compactMapValues { $0.response?.bytes } }
  }
}
