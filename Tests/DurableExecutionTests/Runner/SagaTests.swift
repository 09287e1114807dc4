import DurableExecution
import TestSupport
import Testing

@Suite("A saga says what comes next")
struct SagaTests {
  private static let saga = Saga(
    "fulfill",
    steps: [
      .init("reserve", undoneBy: "restock"), .init("check"), .init("pay", undoneBy: "refund"), .init("ship"),
    ])

  @Test("Forward step by step, to its end")
  func forward() {
    var record = Self.saga.begun(id: "order-1")
    var steps: [String] = []
    while record.state == .running {
      steps.append(record.step)
      record = Self.saga.advanced(record)
    }
    #expect(steps == ["reserve", "check", "pay", "ship"] && record.state == .completed)
    #expect(record.version == 5, "each move is a write over the version before")
    #expect(Self.saga.advanced(record) == record, "an ended saga stays as it is")
  }

  @Test(
    "A refused step undoes those before it, last first, and no step that has nothing to undo",
    arguments: [
      (0, []), (1, ["restock"]), (2, ["restock"]), (3, ["refund", "restock"]),
    ] as [(Int, [String])])
  func backward(done: Int, undoing: [String]) {
    var record = Self.saga.begun(id: "order-1")
    for _ in 0..<done { record = Self.saga.advanced(record) }
    record = Self.saga.refused(record)
    var steps: [String] = []
    while record.state == .compensating {
      steps.append(record.step)
      record = Self.saga.advanced(record)
    }
    #expect(steps == undoing && record.state == .compensated)
    let again = Self.saga.restarted(record)
    #expect(again.state == .running && again.step == "reserve" && again.version == record.version + 1)
  }

  @Test("Whatever the steps, what is undone is what was done, in reverse", arguments: Seeds.all)
  func anySaga(seed: UInt64) {
    var lot = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let steps = (0..<Int.random(in: 1...7, using: &lot)).map { index in
        Saga.Step("do-\(index)", undoneBy: Bool.random(using: &lot) ? "undo-\(index)" : nil)
      }
      let saga = Saga("any", steps: steps)
      let refused = Int.random(in: 0..<steps.count, using: &lot)
      var record = saga.begun(id: "1")
      for _ in 0..<refused { record = saga.advanced(record) }
      record = saga.refused(record)
      var undone: [String] = []
      while record.state == .compensating {
        undone.append(record.step)
        record = saga.advanced(record)
      }
      #expect(undone == steps[..<refused].reversed().compactMap(\.compensation), "seed \(seed)")
      #expect(record.state == .compensated, "seed \(seed)")
    }
  }
}
