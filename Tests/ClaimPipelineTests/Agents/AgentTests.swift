import BankSimulator
import ClaimStore
import DurableExecution
import DurableSQL
import DurableTesting
import TestSupport
import Testing

@Suite("The promises of every agent", .postgres)
struct AgentTests {
  @Test(
    "the same request gives the same bytes and has no further effect", arguments: AgentHarness.allCases,
    StoreKind.allCases)
  func sameRequest(agent: AgentHarness, on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let first = try await agent.run(world, store, ClaimsWorld.runner(), .none)
    let transfers = try await world.bank.transfers().count
    let second = try await agent.run(world, store, ClaimsWorld.runner(), .none)
    #expect(first.word == "completed" && !first.isReplay)
    #expect(second.word == "completed" && second.isReplay)
    #expect(first.bytes == second.bytes)
    #expect(try await world.bank.transfers().count == transfers)
  }

  @Test(
    "other content under a used key is refused and changes nothing",
    arguments: AgentHarness.allCases.filter(\.refusesContent), StoreKind.allCases)
  func otherContent(agent: AgentHarness, on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let runner = ClaimsWorld.runner()
    let first = try await agent.run(world, store, runner, .none)
    #expect(try await agent.run(world, store, runner, .content).word == "mismatch")
    #expect(runner.counts.mismatched == 1)
    #expect(try await agent.run(world, store, runner, .none).bytes == first.bytes)
  }

  @Test(
    "another effect is carried out, and the first one is unchanged", arguments: AgentHarness.allCases,
    StoreKind.allCases)
  func otherEffect(agent: AgentHarness, on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let first = try await agent.run(world, store, ClaimsWorld.runner(), .none)
    let other = try await agent.run(world, store, ClaimsWorld.runner(), .effect)
    #expect(other.word == "completed" && !other.isReplay)
    #expect(try await agent.run(world, store, ClaimsWorld.runner(), .none).bytes == first.bytes)
  }

  @Test(
    "after expiry the archive answers with the same bytes, and an expiration miss is counted",
    arguments: AgentHarness.allCases, StoreKind.allCases)
  func afterExpiry(agent: AgentHarness, on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let first = try await agent.run(world, store, ClaimsWorld.runner(), .none)
    let transfers = try await world.bank.transfers().count
    world.clock.advance(by: .seconds(31 * 86_400))
    let archived = try await store.transaction { try $0.archive(expiredBefore: $0.now, limit: 1_000) }
    #expect(archived > 0)
    let runner = ClaimsWorld.runner()
    let later = try await agent.run(world, store, runner, .none)
    #expect(later.isReplay && later.bytes == first.bytes)
    #expect(runner.counts.expirationMisses > 0)
    #expect(try await world.bank.transfers().count == transfers)
  }
}
