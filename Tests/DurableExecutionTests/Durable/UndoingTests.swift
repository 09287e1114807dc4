import DurableExecution
import Synchronization
import TestSupport
import Testing

@testable import DurableTesting

@Suite("Undoing a saga", .temporaryFolder)
struct UndoingTests {
  /// Runs `steps` steps, of which the last is refused, and undoes the others. A process dies at each act for which
  /// `isDead` returns true.
  private func saga(
    _ bench: Bench, _ acts: Diary, steps: Int, isDead: @escaping @Sendable () -> Bool
  ) -> Flow<Order, Bool> {
    Flow("fulfill", key: { [$0.number] }, returns: Bool.self) { order, durable in
      @Sendable func act(_ name: String, refusing: Bool = false) async throws {
        guard !isDead() else { throw Lost() }
        try await bench.act(name, order, durable, acts, refusing: refusing)
        guard !isDead() else { throw Lost() }
      }
      try await durable.undoing { undo in
        for step in 1..<steps {
          try await act("do-\(step)")
          undo.add { try await act("undo-\(step)") }
        }
        try await act("do-\(steps)", refusing: true)
      }
      return true
    }
  }

  @Test("undoes each step that was done, once, last first, however many processes die at it", arguments: Seeds.all)
  func deaths(seed: UInt64) async throws {
    let random = Mutex(SeededGenerator(seed: seed))
    for steps in 1...4 {
      let (bench, acts) = (Bench(try StoreKind.sqlite.location()), Diary())
      let flow = saga(bench, acts, steps: steps) {
        random.withLock { Int.random(in: 0..<6, using: &$0) == 0 }
      }
      var deaths = 0
      while true {
        do {
          _ = try await bench.open().run(flow, Order("1"), waitingUpTo: .zero)
          Issue.record("seed \(seed): the refusal was lost")
        } catch is EffectRefusal {
          break
        } catch is Lost {
          deaths += 1
          try #require(deaths < 200, "seed \(seed): it does not end")
          bench.clock.advance(by: Bench.lease * 2)
        }
      }
      let expected = (1...steps).map { "do-\($0)" } + (1..<steps).reversed().map { "undo-\($0)" }
      #expect(acts.lines == expected, "seed \(seed), \(deaths) deaths")
    }
  }

  @Test("that fails halfway goes on when repeated, and undoes nothing twice")
  func failedCompensation() async throws {
    let (bench, acts, mended) = (Bench(try StoreKind.sqlite.location()), Diary(), Door())
    let durable = try await bench.open()
    @Sendable func act(_ name: String, refusing: Bool = false) async throws {
      try await bench.act(name, Order("1"), durable, acts, refusing: refusing)
    }
    @Sendable func saga() async throws {
      try await durable.undoing { undo in
        try await act("hold")
        undo.add { try await act("release") }
        try await act("pay")
        undo.add {
          guard mended.isOpen else { throw Lost() }
          try await act("refund")
        }
        try await act("ship")
        undo.add { try await act("recall") }
        try await act("invoice", refusing: true)
      }
    }
    await #expect(throws: Lost()) { try await saga() }
    #expect(acts.lines == ["hold", "pay", "ship", "invoice", "recall"], "the steps before the failed one wait")
    mended.open()
    for _ in 1...2 {
      await #expect(throws: EffectRefusal("no", "invoice is not possible")) { try await saga() }
    }
    #expect(acts.lines == ["hold", "pay", "ship", "invoice", "recall", "refund", "release"])
  }

  @Test("is for a refusal alone: after success or any other error, nothing is undone")
  func otherErrors() async throws {
    let (durable, acts) = (try await Bench(try StoreKind.sqlite.location()).open(), Diary())
    let value = try await durable.undoing { undo in
      undo.add { acts.note("undone") }
      return 7
    }
    #expect(value == 7)
    for error in [Lost(), EffectError.inProgress(key: "k"), StoreFailure.busy("x"), CancellationError()] as [any Error]
    {
      await #expect(throws: (any Error).self) {
        try await durable.undoing { undo in
          undo.add { acts.note("undone") }
          throw error
        }
      }
    }
    #expect(acts.lines.isEmpty)
  }

  @Test("inside another one is done before the outer steps are undone")
  func nested() async throws {
    let (durable, acts) = (try await Bench(try StoreKind.sqlite.location()).open(), Diary())
    await #expect(throws: EffectRefusal("no", "no")) {
      try await durable.undoing { outer in
        outer.add { acts.note("outer 1") }
        outer.add { acts.note("outer 2") }
        try await durable.undoing { inner in
          inner.add { acts.note("inner 1") }
          inner.add { acts.note("inner 2") }
          throw EffectRefusal("no", "no")
        }
      }
    }
    #expect(acts.lines == ["inner 2", "inner 1", "outer 2", "outer 1"])
  }

  @Test("undoes a step that ran beside the refused one, although its task was canceled")
  func concurrentSteps() async throws {
    let (bench, acts) = (Bench(try StoreKind.sqlite.location()), Diary())
    let flow = Flow("fulfill", key: { (order: Order) in [order.number] }, returns: Bool.self) { order, durable in
      try await durable.undoing { undo in
        async let paid: Void = {
          let wire = RemoteEffect("wire", key: { (order: Order) in [order.number] }, returns: Bool.self)
          _ = try await durable.once(wire, for: order) { _ in
            acts.note("wire")
            try await Task.sleep(for: .milliseconds(100))
            return true
          } whenInDoubt: { _ in
            .done(true)
          }
          undo.add { try await bench.act("wire-back", order, durable, acts) }
        }()
        async let boxed: Void = {
          while acts.lines.isEmpty { await Task.yield() }
          try await bench.act("box", order, durable, acts, refusing: true)
        }()
        _ = try await (boxed, paid)
      }
      return true
    }
    for _ in 1...2 {
      await #expect(throws: EffectRefusal("no", "box is not possible")) {
        try await bench.open().run(flow, Order("1"))
      }
    }
    #expect(acts.lines == ["wire", "box", "wire-back"])
  }

  @Test("waits while the outcome of a step is unknown, and undoes that step once it is known")
  func unknownStep() async throws {
    let (bench, acts, known) = (Bench(try StoreKind.sqlite.location()), Diary(), Door())
    let wire = RemoteEffect("wire", key: { (order: Order) in [order.number] }, returns: Bool.self)
    @Sendable func saga(_ durable: Durable) async throws {
      try await durable.undoing { undo in
        async let paid: Void = {
          _ = try await durable.once(wire, for: Order("1"), waitingUpTo: .zero) { _ in
            acts.note("wire")
            throw Lost()
          } whenInDoubt: { _ in
            known.isOpen ? .done(true) : .unknown
          }
          undo.add { try await bench.act("wire-back", Order("1"), durable, acts) }
        }()
        let isPaid = (try? await paid) != nil
        try await bench.act("box", Order("1"), durable, acts, refusing: true)
        #expect(isPaid)
      }
    }
    let durable = try await bench.open()
    await #expect(throws: EffectError.inProgress(key: "idemp:wire:1")) { try await saga(durable) }
    #expect(acts.lines == ["wire", "box"])
    known.open()
    bench.clock.advance(by: Bench.lease * 2)
    await #expect(throws: EffectRefusal("no", "box is not possible")) { try await saga(durable) }
    #expect(acts.lines == ["wire", "box", "wire-back"])
  }

  @Test("goes on when an undoing step is refused, says so, and leaves the flow unfinished")
  func refusedCompensation() async throws {
    let (bench, acts) = (Bench(try StoreKind.sqlite.location()), Diary())
    @Sendable func saga(_ durable: Durable, _ order: Order) async throws {
      try await durable.undoing { undo in
        try await bench.act("hold", order, durable, acts)
        undo.add { try await bench.act("release", order, durable, acts) }
        try await bench.act("reserve", order, durable, acts)
        undo.add { try await bench.act("unreserve", order, durable, acts, refusing: true) }
        try await bench.act("pay", order, durable, acts, refusing: true)
      }
    }
    let durable = try await bench.open()
    for _ in 1...2 {
      await #expect(throws: EffectError.notUndone(EffectRefusal("no", "unreserve is not possible"))) {
        try await saga(durable, Order("1"))
      }
    }
    #expect(acts.lines == ["hold", "reserve", "pay", "unreserve", "release"])
    let flow = Flow("fulfill", key: { (order: Order) in [order.number] }, returns: Bool.self) { order, durable in
      try await saga(durable, order)
      return true
    }
    await #expect(throws: EffectError.notUndone(EffectRefusal("no", "unreserve is not possible"))) {
      try await durable.run(flow, Order("2"), waitingUpTo: .zero)
    }
  }
}
