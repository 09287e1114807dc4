import BankProtocol
import BankSimulator
import ClaimStore
import ClaimsDomain
import DurableExecution
import Synchronization
import TestSupport
import Testing

@testable import ClaimPipeline

@Suite("Claims of concurrent callers", .postgres, .timeLimit(.minutes(40)))
struct ConcurrentClaimsTests {
  private static let callers = 1...10

  @Test("share a batch, and each caller has the results of its own claims", arguments: StoreKind.allCases)
  func together(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let commits = Atomic(0)
    let store = try await world.openStore(
      probe: StoreProbe(before: { _ in }) { if $0 == .commit { commits.add(1, ordering: .relaxed) } })
    let ended = try await whileHeld(
      processor(world, store), Self.callers.map { [Self.claim($0), Self.claim(100 + $0)] })
    for (number, claims) in zip(Self.callers, ended) {
      #expect(claims.map(\.place) == [1, 2])
      let expected = [Self.claim(number), Self.claim(100 + number)].map(ClaimIntakeID.sample)
      #expect(claims.map { $0.value.audited?.row.id } == expected)
      #expect(claims.map(\.value.word) == ["paid", "paid"])
    }
    #expect(commits.load(ordering: .relaxed) == 4, "the claim that was held, and the batch, are decided and recorded")
    #expect(try await world.standingPayments().values.allSatisfy { $0 == 1 })
    #expect(try await world.bank.transfers().count == 21)
  }

  @Test("are paid once if several callers send the same", arguments: StoreKind.allCases)
  func same(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let ended = try await whileHeld(
      processor(world, world.openStore()), Self.callers.map { [Self.claim($0 % 2), Self.claim(3)] })
    for claims in ended { #expect(claims.map(\.value.word) == ["paid", "paid"]) }
    #expect(try await world.bank.transfers().count == 3)
  }

  @Test("are paid without one that the store cannot store", arguments: StoreKind.allCases)
  func poison(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    try await world.place.refuse("INSERT", on: "claims", when: "NEW.claim_number = 'A-4'")
    let ended = try await whileHeld(processor(world, store), Self.callers.map { [Self.claim($0)] })
    for (number, claims) in zip(Self.callers, ended) {
      #expect((claims.map(\.value.word) == ["paid"]) == (number != 4), "\(number): \(claims.map(\.value.word))")
    }
    #expect(try await world.bank.transfers().count == 10)
  }

  @Test("do not wait for one that another worker holds", arguments: StoreKind.allCases)
  func heldByAnother(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    let other = processor(world, store, bank: SilentBank(bank: EmbeddedBank(world.bank), hears: false))
    _ = try await other.decide([Self.claim(4)].placed)
    let waiting = Mutex<Task<[Placed<EndedClaim>], any Error>?>(nil)
    let others = Self.callers.filter { $0 != 4 }
    let ended = try await whileHeld(
      processor(world, store, patience: .seconds(600)), others.map { [Self.claim($0)] }
    ) { concurrent in
      waiting.withLock { $0 = Task { try await concurrent.process([Self.claim(4), Self.claim(50)].placed) } }
      while concurrent.waitingCount == others.count { try await Task.sleep(for: .milliseconds(1)) }
    }
    for claims in ended { #expect(claims.map(\.value.word) == ["paid"]) }
    #expect(try await world.bank.transfers().count == 11)
    world.letLeasesEnd()
    let late = try await waiting.withLock(\.self)?.value
    #expect(late?.map(\.value.word) == ["paid", "paid"])
    #expect(late?.map(\.value.isReplay) == [false, false], "nothing came again")
    #expect(try await world.bank.transfers().count == 12)
  }

  @Test("are processed one caller after another if the store is too busy for all", arguments: StoreKind.allCases)
  func busy(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let begun = Atomic(0)
    let probe = StoreProbe(
      before: { call in
        // The third transaction is the one that decides the batch.
        guard call == .begin, begun.add(1, ordering: .relaxed).newValue == 3 else { return }
        throw StoreFailure.busy("others")
      }, after: { _ in })
    let ended = try await whileHeld(
      processor(world, world.openStore(probe: probe)), Self.callers.map { [Self.claim($0)] })
    for claims in ended { #expect(claims.map(\.value.word) == ["paid"]) }
    #expect(try await world.bank.transfers().count == 11)
    #expect(begun.load(ordering: .relaxed) == 2 + 1 + 2 * Self.callers.count)
  }

  // MARK: Holding the bank

  private static func claim(_ number: Int) -> SubmittedClaim { SampleClaim.make("A-\(number)", member: "W-\(number)") }

  private func processor(
    _ world: ClaimsWorld, _ store: ClaimStore, bank: (any PaymentBank)? = nil, patience: Duration = .zero
  ) -> ClaimProcessor {
    ClaimProcessor(
      store: store, runner: ClaimsWorld.runner(), bank: bank ?? HeldBank(bank: EmbeddedBank(world.bank), door: door),
      ruleset: world.ruleset, settings: .init(enrollment: SampleRuleset.planID, patience: patience))
  }

  private let door = BankDoor()

  /// Sends claims that all wait for another caller's claim, which is at the bank, and returns the results of each caller.
  ///
  /// - Parameter also: sends claims of one more caller, whose results are not waited for.
  private func whileHeld(
    _ processor: ClaimProcessor, _ callers: [[SubmittedClaim]], also: (ConcurrentClaims) async throws -> Void = { _ in }
  ) async throws -> [[Placed<EndedClaim>]] {
    let concurrent = ConcurrentClaims(processor, patience: .seconds(600))
    let holder = Task { try await concurrent.process([Self.claim(0)].placed) }
    while !door.isReached { try await Task.sleep(for: .milliseconds(1)) }
    let waiting = callers.map { claims in
      Task {
        try await concurrent.process(claims.enumerated().map { Placed(place: $0.offset + 1, value: $0.element) })
      }
    }
    while concurrent.waitingCount < callers.count { try await Task.sleep(for: .milliseconds(1)) }
    try await also(concurrent)
    door.open()
    #expect(try await holder.value.map(\.value.word) == ["paid"])
    var results: [[Placed<EndedClaim>]] = []
    for task in waiting { results.append(try await task.value) }
    return results
  }
}

private final class BankDoor: Sendable {
  private let state = Mutex((isOpen: false, isReached: false))

  var isReached: Bool { state.withLock(\.isReached) }

  func open() { state.withLock { $0.isOpen = true } }

  func pass() async {
    while !state.withLock({
      $0.isReached = true
      return $0.isOpen
    }) { try? await Task.sleep(for: .milliseconds(1)) }
  }
}

/// A bank that takes no payment until its door opens.
private struct HeldBank: ForwardingBank {
  let bank: any PaymentBank
  let door: BankDoor

  func prepare(_ orders: [PaymentOrder]) async -> Answers<TrackingID, RemoteReply<PreparedPayment>> {
    await door.pass()
    return await bank.prepare(orders)
  }
}
