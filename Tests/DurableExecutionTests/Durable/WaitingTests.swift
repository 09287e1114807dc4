import DurableExecution
import DurableSQL
import Synchronization
import TestSupport
import Testing

@testable import DurableTesting

@Suite("An effect that another process is working on", .postgres, .temporaryFolder)
struct WaitingTests {
  @Test("is answered as soon as that process is done", arguments: StoreKind.allCases)
  func awaited(on kind: StoreKind) async throws {
    let (bench, door) = (Bench(try kind.location()), Door())
    let (first, second) = (try await bench.open(), try await bench.open())
    let working = Task {
      try await first.once(Order.ship, for: Order("1")) { call in
        while !door.isOpen { try await Task.sleep(for: .milliseconds(1)) }
        return bench.courier.send(call)
      } whenInDoubt: {
        bench.courier.standing(of: $0)
      }
    }
    // The second process may ask only when the intent of the first is on record.
    while try await first.transaction({ try $0.base.records(for: [KeyText("idemp:ship:1")]).isEmpty }) {
      try await Task.sleep(for: .milliseconds(1))
    }
    await #expect(throws: EffectError.inProgress(key: "idemp:ship:1")) {
      try await bench.box(second, Order("1"), waitingUpTo: .zero)
    }
    let waiting = Task { try await bench.box(second, Order("1"), waitingUpTo: .seconds(600)) }
    door.open()
    for answer in [waiting, working] { #expect(try await answer.value == Box("box 1 of 1")) }
    #expect(bench.courier.epochs == [1])
  }

  @Test("is taken over within the wait if its lease ends, also by the process that lost the reply")
  func ownReply() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let box = try await bench.open().once(Order.ship, for: Order("1")) { call in
      _ = bench.courier.send(call)
      throw Lost()
    } whenInDoubt: { call in
      guard call.epoch == 1 else { return bench.courier.standing(of: call) }
      bench.clock.advance(by: Bench.lease * 2)
      return .unknown
    }
    #expect(box == Box("box 1 of 1") && bench.courier.epochs == [1])
  }

  @Test("A wait can be canceled, and the effect stays as it is")
  func canceled() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let (first, second) = (try await bench.open(), try await bench.open())
    await #expect(throws: EffectError.self) { try await bench.lose(first) }
    let waiting = Task { try await bench.box(second, Order("1"), waitingUpTo: .seconds(600)) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(bench.courier.sent == 1)
  }
}

@Suite("What another system is sent and asked", .temporaryFolder)
struct EffectCallTests {
  private struct Seen: Hashable {
    var key: String
    var trackingID: String
    var epoch: Int64
  }

  @Test("A repeat carries the same key and tracking id; the epoch grows with each new owner only")
  func calls() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let calls = Mutex<[Seen]>([])
    @Sendable func note(_ call: EffectCall<Order>) {
      calls.withLock { $0.append(Seen(key: call.key, trackingID: call.trackingID, epoch: call.epoch)) }
    }
    for _ in 1...3 {
      await #expect(throws: EffectError.self) {
        try await bench.open().once(Order.ship, for: Order("a:b"), waitingUpTo: .zero) { call in
          note(call)
          throw Lost()
        } whenInDoubt: { call in
          note(call)
          return .neverHeardOf
        }
      }
      bench.clock.advance(by: Bench.lease * 2)
    }
    let seen = calls.withLock { $0 }
    #expect(Set(seen.map(\.key)) == ["idemp:ship:a%3Ab"])
    #expect(Set(seen.map(\.trackingID)) == [TrackingID(of: KeyText("idemp:ship:a%3Ab")).text])
    #expect(seen.map(\.epoch) == seen.map(\.epoch).sorted() && Set(seen.map(\.epoch)) == [1, 2, 3])
  }

  @Test("What it says of a call in doubt decides: a refusal is stored, and an unknown outcome sends nothing")
  func standings() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    func ship(_ number: String, _ standing: EffectStanding<Box>) async throws -> Box {
      try await bench.open().once(Order.ship, for: Order(number), waitingUpTo: .zero) { call in
        _ = bench.courier.send(call)
        throw Lost()
      } whenInDoubt: { _ in
        standing
      }
    }
    let refusal = EffectRefusal("too-far", "not on the moon")
    for _ in 1...2 { await #expect(throws: refusal) { try await ship("1", .refused(refusal)) } }
    #expect(try await ship("2", .done(Box("theirs"))) == Box("theirs"))
    #expect(bench.courier.sent == 2)
    await #expect(throws: EffectError.inProgress(key: "idemp:ship:3")) { try await ship("3", .unknown) }
    #expect(bench.courier.sent == 3, "one send, and none while the outcome is unknown")
  }

  @Test("A failure to answer is an unknown outcome, not an answer")
  func failedQuestion() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    await #expect(throws: EffectError.inProgress(key: "idemp:ship:1")) {
      try await bench.open().once(Order.ship, for: Order("1"), waitingUpTo: .zero) { call in
        _ = bench.courier.send(call)
        throw Lost()
      } whenInDoubt: { _ in
        throw Lost()
      }
    }
    #expect(bench.courier.sent == 1)
  }

  @Test("Expiry never makes an effect possible again, in any class of retention", arguments: Retention.allCases)
  func expiry(_ retention: Retention) async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let effect = RemoteEffect(
      "ship", key: { (order: Order) in [order.number] }, returns: Box.self, retention: retention)
    func ship() async throws -> Box {
      try await bench.open().once(effect, for: Order("1")) {
        bench.courier.send($0)
      } whenInDoubt: {
        bench.courier.standing(of: $0)
      }
    }
    func archived() async throws -> Int {
      try await bench.open().transaction { try $0.base.archive(expiredBefore: $0.base.now, limit: 10) }
    }
    #expect(try await ship() == Box("box 1 of 1"))
    bench.clock.advance(by: .microseconds(retention.microseconds))
    #expect(try await archived() == 0, "it is live for its whole class, to the microsecond")
    bench.clock.advance(by: .microseconds(1))
    #expect(try await archived() == 1)
    for _ in 1...2 { #expect(try await ship() == Box("box 1 of 1")) }
    #expect(bench.courier.sent == 1)
  }
}
