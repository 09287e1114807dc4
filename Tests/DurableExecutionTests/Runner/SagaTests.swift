import DurableExecution
import TestSupport
import Testing

@Suite("A saga determines the next step")
struct SagaTests {
  private static let saga = Saga(
    "fulfill",
    steps: [
      .init("reserve", undoneBy: "restock"), .init("check"), .init("pay", undoneBy: "refund"), .init("ship"),
    ])

  @Test("A saga advances step by step to its end")
  func forward() {
    var record = Self.saga.begun(id: "order-1")
    var steps: [String] = []
    while record.state == .running {
      steps.append(record.step)
      record = Self.saga.advanced(record)
    }
    #expect(steps == ["reserve", "check", "pay", "ship"] && record.state == .completed)
    #expect(record.version == 5, "each move writes over the previous version")
    #expect(Self.saga.advanced(record) == record, "a finished saga does not change")
  }

  @Test(
    "A refused step undoes the steps before it, last first, except for steps without a compensation",
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

  @Test("For any steps, exactly the completed steps are undone, in reverse order", arguments: Seeds.all)
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
