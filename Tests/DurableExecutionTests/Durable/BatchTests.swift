import DurableExecution
import Synchronization
import TestSupport
import Testing

@testable import DurableTesting

@Suite("A batch of effects", .temporaryFolder)
struct BatchTests {
  private func words(_ results: [(request: Order, result: Result<Box, any Error>)]) -> [String] {
    results.map { request, result in
      switch result {
      case .success(let box): "\(request.number): \(box.text)"
      case .failure(let refusal as EffectRefusal): "\(request.number): refused, \(refusal.code)"
      case .failure(EffectError.inProgress(let key)): "\(request.number): in progress, \(key)"
      case .failure(EffectError.otherRequest(let key)): "\(request.number): other request, \(key)"
      case .failure(let error): "\(request.number): \(error)"
      }
    }
  }

  @Test("answers each request on its own, in the order of the requests")
  func mixed() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let durable = try await bench.open()
    _ = try await bench.box(durable, Order("replayed"))
    let orders = ["lost", "new", "replayed", "refused", "new"].map { Order($0) } + [Order("new", article: "lamp")]
    func ship() async throws -> [String] {
      try await words(
        durable.once(Order.ship, each: orders, waitingUpTo: .zero) { call in
          guard call.request.number != "refused" else { throw EffectRefusal("too-far", "not on the moon") }
          guard call.request.number != "lost" else { throw Lost() }
          return bench.courier.send(call)
        } whenInDoubt: { _ in
          .unknown
        })
    }
    let expected = [
      "lost: in progress, idemp:ship:lost", "new: box 2 of new", "replayed: box 1 of replayed",
      "refused: refused, too-far", "new: box 2 of new", "new: other request, idemp:ship:new",
    ]
    #expect(try await ship() == expected)
    #expect(try await ship() == expected, "a repeat gives the same answers")
    #expect(bench.courier.sent == 2)
  }

  @Test("leaves an unknown outcome to a later call, which asks for that one alone")
  func unknown() async throws {
    let (bench, asked) = (Bench(try StoreKind.sqlite.location()), Diary())
    let orders = ["1", "2", "3"].map { Order($0) }
    func ship(losing number: String) async throws -> [String] {
      try await words(
        bench.open().once(Order.ship, each: orders, waitingUpTo: .zero) { call in
          let box = bench.courier.send(call)
          guard call.request.number != number else { throw Lost() }
          return box
        } whenInDoubt: { call in
          asked.note(call.request.number)
          return call.epoch == 1 ? .unknown : bench.courier.standing(of: call)
        })
    }
    #expect(try await ship(losing: "2").count { $0.contains("box") } == 2)
    #expect(Set(asked.lines) == ["2"])
    let before = asked.lines.count
    bench.clock.advance(by: Bench.lease * 2)
    #expect(try await ship(losing: "").count { $0.contains("box") } == 3)
    #expect(asked.lines.dropFirst(before) == ["2"] && bench.courier.sent == 3)
  }

  @Test("of no requests has no answers, and sends nothing")
  func empty() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let results = try await bench.open().once(Order.ship, each: []) {
      bench.courier.send($0)
    } whenInDoubt: {
      bench.courier.standing(of: $0)
    }
    #expect(results.isEmpty && bench.courier.sent == 0)
  }

  @Test("goes on without a request whose response cannot be written as JSON, and records it once it can be")
  func unstorable() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let weigh = RemoteEffect("weigh", key: { (order: Order) in [order.number] }, returns: Double.self)
    let sent = Mutex<[String]>([])
    func weights(_ answer: Double) async throws -> [Result<Double, any Error>] {
      try await bench.open().once(weigh, each: [Order("1"), Order("2")], waitingUpTo: .zero) { call in
        sent.withLock { $0.append(call.request.number) }
        return call.request.number == "1" ? answer : 2
      } whenInDoubt: { _ in
        .done(answer)
      }.map(\.result)
    }
    let first = try await weights(.infinity)
    #expect(throws: EffectError.responseNotStorable(key: "idemp:weigh:1")) { try first[0].get() }
    #expect(try first[1].get() == 2)
    bench.clock.advance(by: Bench.lease * 2)
    #expect(try await weights(1).map { try $0.get() } == [1, 2])
    #expect(sent.withLock(\.self).sorted() == ["1", "2"], "nothing was sent again")
  }

  @Test("is sent all at once: no request waits for the answer to another")
  func concurrent() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let started = Mutex(0)
    let results = try await bench.open().once(Order.ship, each: (1...20).map { Order("\($0)") }) { call in
      started.withLock { $0 += 1 }
      while started.withLock({ $0 }) < 20 { await Task.yield() }
      return bench.courier.send(call)
    } whenInDoubt: {
      bench.courier.standing(of: $0)
    }
    #expect(results.count == 20 && bench.courier.sent == 20)
  }

  @Test("Whatever the batches and the losses, a key has one act and one answer", arguments: Seeds.all)
  func walks(seed: UInt64) async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let random = Mutex(SeededGenerator(seed: seed))
    @Sendable func drawn(_ bound: Int) -> Int { random.withLock { Int.random(in: 0..<bound, using: &$0) } }
    var (seen, isLast) = ([String: Box](), false)
    for round in 0..<25 {
      isLast = round == 24
      let orders = isLast ? (0..<8).map { Order("\($0)") } : (0..<drawn(10)).map { _ in Order("\(drawn(8))") }
      if isLast || drawn(2) == 0 { bench.clock.advance(by: Bench.lease * 2) }
      let isHealthy = isLast
      let results = try await bench.open().once(Order.ship, each: orders, waitingUpTo: .zero) { call in
        guard isHealthy || drawn(4) > 0 else { throw Lost() }
        let box = bench.courier.send(call)
        guard isHealthy || drawn(4) > 0 else { throw Lost() }
        return box
      } whenInDoubt: { call in
        isHealthy || drawn(2) > 0 ? bench.courier.standing(of: call) : .unknown
      }
      #expect(results.map(\.request) == orders, "seed \(seed), round \(round)")
      for (order, result) in results {
        guard case .success(let box) = result else { continue }
        #expect(seen[order.number] ?? box == box, "seed \(seed), round \(round)")
        seen[order.number] = box
      }
      for number in Set(orders.map(\.number)) {
        let answers = results.filter { $0.request.number == number }.map { try? $0.result.get() }
        #expect(Set(answers).count == 1, "seed \(seed), round \(round): two answers for one key")
      }
    }
    #expect(seen.count == 8 && bench.courier.sent == 8, "seed \(seed): \(bench.courier.sent) acts")
  }
}
