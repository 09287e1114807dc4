import BankProtocol
import BankSimulator
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import Sabotage
import TestSupport
import Testing

@Suite("Three protections, each sufficient alone", .postgres)
struct ProtectionTests {
  struct Protections: Hashable, Sendable, CustomTestStringConvertible {
    /// Effects are recorded under their keys and replayed.
    var runner: Bool
    /// The bank gets the same key for the same effect.
    var bank: Bool
    /// The database allows one standing payment per claim.
    var constraint: Bool

    static let all: [Protections] = [true, false].flatMap { runner in
      [true, false].flatMap { bank in
        [true, false].map { Protections(runner: runner, bank: bank, constraint: $0) }
      }
    }

    var isAny: Bool { runner || bank || constraint }

    var testDescription: String {
      let names = [runner ? "runner" : nil, bank ? "bank" : nil, constraint ? "constraint" : nil].compactMap(\.self)
      return names.isEmpty ? "none" : names.joined(separator: " + ")
    }
  }

  /// Care that exhausts the member's deductible and out-of-pocket maximum. Without the runner, the claim is decided
  /// again each time and must come to the same amounts; otherwise its payment would be another effect at the bank.
  private static let claim = SampleClaim.make("A-1", services: [.init("99213", 300_000), .init("99214", 1_500_000)])

  private func world(_ protections: Protections, on kind: StoreKind) async throws -> ClaimsWorld {
    let world = try ClaimsWorld(on: kind)
    if !protections.constraint { try await world.dropStandingPaymentConstraint() }
    return world
  }

  /// Runs the claim once in a new process. Without the runner's protection, the process neither finds earlier work nor
  /// asks the bank about it; the retry is the next run.
  private func run(
    _ protections: Protections, in world: ClaimsWorld, bank: (any PaymentBank)? = nil, patience: Duration = .zero
  ) async throws -> [EndedClaim] {
    let bank = FreshOrderBank(
      bank ?? EmbeddedBank(world.bank), fresh: .init(keys: !protections.bank, trackingIDs: !protections.runner)
    ) { "\(UUID())" }
    let store = try await protections.runner ? world.openStore() : world.openForgetfulStore()
    return try await world.process(
      [Self.claim], on: store, bank: bank, runner: ClaimsWorld.runner(attempts: protections.runner ? 3 : 1),
      patience: patience)
  }

  @Test(
    "three runs of a claim pay once with any one protection, and more than once with none",
    arguments: Protections.all, StoreKind.allCases)
  func repeatedRuns(protections: Protections, on kind: StoreKind) async throws {
    let world = try await world(protections, on: kind)
    for _ in 1...3 { _ = try await run(protections, in: world) }
    let paid = try await world.bank.transfers().count
    #expect(protections.isAny ? paid == 1 : paid == 3)
  }

  @Test(
    "concurrent runs of a claim pay once with any one protection", arguments: Protections.all, StoreKind.allCases)
  func racingRuns(protections: Protections, on kind: StoreKind) async throws {
    let world = try await world(protections, on: kind)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...8 {
        group.addTask { _ = try await run(protections, in: world, patience: .seconds(20)) }
      }
      try await group.waitForAll()
    }
    let paid = try await world.bank.transfers().count
    #expect(protections.isAny ? paid == 1 : paid > 1)
  }

  @Test(
    "after a lost reply from the bank, the claim is not paid again with any one protection",
    arguments: Protections.all, StoreKind.allCases)
  func lostReply(protections: Protections, on kind: StoreKind) async throws {
    let world = try await world(protections, on: kind)
    let bank = LosingBank(bank: EmbeddedBank(world.bank), commits: 1)
    _ = try await run(protections, in: world, bank: bank)
    world.letLeasesEnd()
    let ended = try await run(protections, in: world, bank: bank)
    #expect(bank.hasLost, "the fault did not occur")
    if protections.runner { #expect(ended.map(\.word) == ["paid"], "the payment was made and must be found") }
    let paid = try await world.bank.transfers().count
    #expect(protections.isAny ? paid == 1 : paid == 2)
  }
}
