import DurableExecution
import DurableSQL
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DurableTesting

@Suite("A flow", .postgres, .temporaryFolder)
struct FlowTests {
  private func flow(
    _ name: String = "fulfill", body: @escaping @Sendable (Order, Durable) async throws -> Box
  ) -> Flow<Order, Box> {
    Flow(name, key: { [$0.number] }, returns: Box.self, body: body)
  }

  @Test("continues after each effect that a dead process performed, and repeats none", arguments: StoreKind.allCases)
  func continued(on kind: StoreKind) async throws {
    let (bench, acts) = (Bench(try kind.location()), Diary())
    let lastStep = Mutex(0)
    let flow = flow { order, durable in
      for step in 1...4 {
        try await bench.act("step-\(step)", order, durable, acts)
        guard lastStep.withLock({ $0 > step }) else { throw Lost() }
      }
      return Box("packed")
    }
    await #expect(throws: Lost.self) {
      try await bench.open().run(flow, Order("1"), waitingUpTo: .zero)
    }
    for step in 1...5 {
      lastStep.withLock { $0 = step }
      bench.clock.advance(by: Bench.lease * 2)
      #expect(try await bench.open().resume(flow) == (step == 5 ? 1 : 0))
    }
    #expect(acts.lines == ["step-1", "step-2", "step-3", "step-4"])
    #expect(try await bench.open().run(flow, Order("1")) == Box("packed"))
  }

  @Test("that is left unfinished tells its caller why, whether the error is its own or that of an effect")
  func ownError() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    for error in [Lost(), StoreFailure.busy("x"), EffectError.notUndone(EffectRefusal("no", "no"))] as [any Error] {
      let failing = flow { _, _ in throw error }
      let thrown = await #expect(throws: (any Error).self) {
        try await bench.open().run(failing, Order("1"), waitingUpTo: .zero)
      }
      #expect(thrown.map { "\($0)" } == "\(error)")
      bench.clock.advance(by: Bench.lease * 2)
    }
    // While another process runs it, there is nothing else to tell.
    let (durable, door) = (try await bench.open(), Door())
    let waiting = flow { _, _ in
      while !door.isOpen { try await Task.sleep(for: .milliseconds(1)) }
      return Box("packed")
    }
    let first = Task { try await durable.run(waiting, Order("2")) }
    while try await durable.transaction({ try $0.base.records(for: [KeyText("idemp:flow-fulfill:2")]).isEmpty }) {
      try await Task.sleep(for: .milliseconds(1))
    }
    await #expect(throws: EffectError.inProgress(key: "idemp:flow-fulfill:2")) {
      try await bench.open().run(waiting, Order("2"), waitingUpTo: .zero)
    }
    door.open()
    #expect(try await first.value == Box("packed"))
  }

  @Test("under one key has one input: another input is an error, and starts nothing")
  func otherInput() async throws {
    let (bench, runs) = (Bench(try StoreKind.sqlite.location()), Diary())
    let durable = try await bench.open()
    let flow = flow { order, _ in Box("\(order.article) \(runs.note(order.article))") }
    #expect(try await durable.run(flow, Order("1")) == Box("book 1"))
    await #expect(throws: EffectError.otherRequest(key: "idemp:flow-fulfill:1")) {
      try await bench.open().run(flow, Order("1", article: "lamp"))
    }
    #expect(try await durable.run(flow, Order("2", article: "lamp")) == Box("lamp 2"))
    #expect(try await durable.run(flow, Order("1")) == Box("book 1") && runs.lines == ["book", "lamp"])
  }

  @Test("that has finished never runs again, even when its record is long past its expiry")
  func expired() async throws {
    let (bench, runs) = (Bench(try StoreKind.sqlite.location()), Diary())
    let flow = flow { _, _ in Box("run \(runs.note("run"))") }
    #expect(try await bench.open().run(flow, Order("1")) == Box("run 1"))
    bench.clock.advance(by: .seconds(86_400 * 400))
    let durable = try await bench.open()
    #expect(try await durable.transaction { try $0.base.archive(expiredBefore: $0.base.now, limit: 10) } == 1)
    #expect(try await durable.run(flow, Order("1")) == Box("run 1"))
    #expect(try await durable.resume(flow) == 0 && runs.lines == ["run"])
  }

  @Test("that is refused is finished: the refusal is its outcome for every caller")
  func refused() async throws {
    let (bench, runs) = (Bench(try StoreKind.sqlite.location()), Diary())
    let flow = flow { _, _ in
      runs.note("run")
      throw EffectRefusal("too-far", "not on the moon")
    }
    for _ in 1...3 {
      await #expect(throws: EffectRefusal("too-far", "not on the moon")) {
        try await bench.open().run(flow, Order("1"), waitingUpTo: .zero)
      }
    }
    bench.clock.advance(by: Bench.lease * 2)
    #expect(try await bench.open().resume(flow) == 0 && runs.lines == ["run"])
  }

  @Test("is resumed by its name alone, and only the runs that end are counted", arguments: StoreKind.allCases)
  func resumed(on kind: StoreKind) async throws {
    let (bench, door) = (Bench(try kind.location()), Door())
    let body: @Sendable (Order, Durable) async throws -> Box = { order, _ in
      guard door.isOpen, order.number != "3" else { throw Lost() }
      guard order.number != "2" else { throw EffectRefusal("closed", "closed") }
      return Box(order.number)
    }
    let (fulfill, refund) = (flow(body: body), flow("refund", body: body))
    let first = try await bench.open()
    for number in ["1", "2", "3"] {
      await #expect(throws: Lost.self) { try await first.run(fulfill, Order(number), waitingUpTo: .zero) }
    }
    await #expect(throws: Lost.self) { try await first.run(refund, Order("1"), waitingUpTo: .zero) }
    door.open()
    bench.clock.advance(by: Bench.lease * 2)
    let second = try await bench.open()
    #expect(try await second.resume(fulfill) == 2, "one finishes, one is refused, one fails again")
    #expect(try await second.resume(fulfill) == 0, "the one that failed is under a new lease")
    #expect(try await second.resume(refund) == 1)
    bench.clock.advance(by: Bench.lease * 2)
    #expect(try await second.resume(fulfill) == 0, "it is found again, and fails again")
  }

  @Test("whose result cannot be stored does not count as finished")
  func unstorable() async throws {
    let bench = Bench(try StoreKind.sqlite.location())
    let weigh = Flow("weigh", key: { (order: Order) in [order.number] }, returns: Double.self) { _, _ in .infinity }
    let durable = try await bench.open()
    await #expect(throws: EffectError.responseNotStorable(key: "idemp:flow-weigh:1")) {
      try await durable.run(weigh, Order("1"), waitingUpTo: .zero)
    }
    bench.clock.advance(by: Bench.lease * 2)
    #expect(try await durable.resume(weigh) == 0)
  }

  @Test("that two processes resume at once performs each effect once", arguments: StoreKind.allCases)
  func raced(on kind: StoreKind) async throws {
    let (bench, acts, door) = (Bench(try kind.location()), Diary(), Door())
    let flow = flow { order, durable in
      try await bench.act("pack", order, durable, acts)
      guard door.isOpen else { throw Lost() }
      try await bench.act("ship", order, durable, acts)
      return Box(order.number)
    }
    let numbers = (1...4).map { "\($0)" }
    for number in numbers {
      await #expect(throws: Lost.self) { try await bench.open().run(flow, Order(number), waitingUpTo: .zero) }
    }
    door.open()
    bench.clock.advance(by: Bench.lease * 2)
    try await withThrowingTaskGroup { group in
      for _ in 1...3 {
        let durable = try await bench.open()
        group.addTask { _ = try await durable.resume(flow) }
      }
      try await group.waitForAll()
    }
    for number in numbers { #expect(try await bench.open().run(flow, Order(number)) == Box(number)) }
    #expect(acts.lines.count { $0 == "pack" } == 4 && acts.lines.count { $0 == "ship" } == 4)
  }

  @Test("inside another flow is replayed when the outer one continues")
  func nested() async throws {
    let (bench, runs, door) = (Bench(try StoreKind.sqlite.location()), Diary(), Door())
    let inner = flow("pack") { order, _ in Box("\(order.number), run \(runs.note("inner"))") }
    let outer = flow { order, durable in
      let box = try await durable.run(inner, order)
      guard door.isOpen else { throw Lost() }
      return box
    }
    await #expect(throws: Lost.self) { try await bench.open().run(outer, Order("1"), waitingUpTo: .zero) }
    door.open()
    bench.clock.advance(by: Bench.lease * 2)
    let durable = try await bench.open()
    #expect(try await durable.resume(outer) == 1)
    #expect(try await durable.resume(inner) == 0)
    #expect(try await durable.run(outer, Order("1")) == Box("1, run 1") && runs.lines == ["inner"])
  }

  @Test("is continued although the type of its input has a new field")
  func newField() async throws {
    struct Old: Codable, Sendable { var number: String }
    struct New: Codable, Sendable {
      var number: String
      var note: String = "none"

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(String.self, forKey: .number)
        note = try container.decodeIfPresent(String.self, forKey: .note) ?? "none"
      }
    }
    let bench = Bench(try StoreKind.sqlite.location())
    let old = Flow("fulfill", key: { (order: Old) in [order.number] }, returns: Box.self) { _, _ in throw Lost() }
    await #expect(throws: Lost.self) {
      try await bench.open().run(old, Old(number: "1"), waitingUpTo: .zero)
    }
    bench.clock.advance(by: Bench.lease * 2)
    let new = Flow("fulfill", key: { (order: New) in [order.number] }, returns: Box.self) { order, _ in Box(order.note)
    }
    #expect(try await bench.open().resume(new) == 1)
  }

  @Test("is continued although a thousand others before it cannot be read", arguments: StoreKind.allCases)
  func behindUnreadable(on kind: StoreKind) async throws {
    struct Other: Codable, Sendable { var count: Int }
    let bench = Bench(try kind.location())
    let durable = try await bench.open()
    let other = Flow("fulfill", key: { (input: Other) in ["\(input.count)"] }, returns: Box.self) { _, _ in throw Lost()
    }
    await withTaskGroup(of: Void.self) { group in
      for count in 1...1_001 {
        group.addTask {
          await #expect(throws: Lost.self) { try await durable.run(other, Other(count: count), waitingUpTo: .zero) }
        }
      }
    }
    let runs = Diary()
    let packing: Flow<Order, Box> = flow { _, _ in
      guard runs.note("run") > 3 else { throw Lost() }
      return Box("packed")
    }
    await #expect(throws: Lost.self) { try await durable.run(packing, Order("last"), waitingUpTo: .zero) }
    bench.clock.advance(by: Bench.lease * 2)
    await #expect(throws: StoreFailure.self) { try await durable.resume(packing) }
    #expect(runs.lines.count == 4)
  }

  @Test("is found after a clock that ran ahead gave it a lease of a year", arguments: StoreKind.allCases)
  func wrongClock(on kind: StoreKind) async throws {
    let bench = Bench(try kind.location())
    let runs = Diary()
    let packing: Flow<Order, Box> = flow { _, _ in
      guard runs.note("run") > 3 else { throw Lost() }
      return Box("packed")
    }
    bench.clock.advance(by: .seconds(365 * 86_400))
    await #expect(throws: Lost.self) {
      try await bench.open().run(packing, Order("1"), waitingUpTo: .zero)
    }
    bench.clock.advance(by: .seconds(-365 * 86_400))
    _ = try await bench.open().resume(packing)
    bench.clock.advance(by: Bench.lease * 2)
    #expect(try await bench.open().resume(packing) == 1)
  }
}

@Suite("The input of a flow", .temporaryFolder)
struct FlowInputTests {
  private struct Parcel: Codable, Hashable, Sendable {
    var number = "1"
    var sender = "Ren\u{e9}e \u{1F4E6} \u{7f} \"\\\n"
    var value = Decimal(string: "125.10")
    var label = URL(string: "https://courier.example/label?id=1")
    var picture = Data([0, 1, 254, 255])
    var due = Date(timeIntervalSince1970: 1_780_315_200.25)
    var weights = [0.1, 1e21, Double.leastNonzeroMagnitude]
  }

  @Test("reaches the process that continues the flow as it was given")
  func input() async throws {
    let (bench, door) = (Bench(try StoreKind.sqlite.location()), Door())
    let inputs = Mutex<[Parcel]>([])
    let flow = Flow("send", key: { (parcel: Parcel) in [parcel.number] }, returns: Parcel.self) { parcel, _ in
      inputs.withLock { $0.append(parcel) }
      guard door.isOpen else { throw Lost() }
      return parcel
    }
    await #expect(throws: Lost.self) { try await bench.open().run(flow, Parcel(), waitingUpTo: .zero) }
    door.open()
    bench.clock.advance(by: Bench.lease * 2)
    #expect(try await bench.open().resume(flow) == 1)
    #expect(Set(inputs.withLock { $0 }) == [Parcel()])
    #expect(try await bench.open().run(flow, Parcel()) == Parcel(), "the stored result is read as it was written")
  }

  @Test("that this program cannot read fails alone: the other runs are continued first")
  func unreadable() async throws {
    let (bench, door, runs) = (Bench(try StoreKind.sqlite.location()), Door(), Diary())
    let old = Flow("fulfill", key: { (order: [String]) in order }, returns: Box.self) { _, _ in throw Lost() }
    let new = Flow("fulfill", key: { (order: Order) in [order.number] }, returns: Box.self) { order, _ in
      guard door.isOpen else { throw Lost() }
      runs.note(order.number)
      return Box(order.number)
    }
    let durable = try await bench.open()
    await #expect(throws: Lost.self) { try await durable.run(old, ["1"], waitingUpTo: .zero) }
    await #expect(throws: Lost.self) { try await durable.run(new, Order("2"), waitingUpTo: .zero) }
    door.open()
    bench.clock.advance(by: Bench.lease * 2)
    let failure = await #expect(throws: StoreFailure.self) { try await bench.open().resume(new) }
    guard case .corrupt? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(runs.lines == ["2"])
  }
}
