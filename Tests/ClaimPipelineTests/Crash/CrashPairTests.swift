import DurableTesting
import Foundation
import TestSupport
import Testing

@Suite("Two faults in one run", .postgres)
struct CrashPairTests {
  private typealias Plan = [Int: FaultScript.Fault]

  @Test("every pair of faults has the expected end; the second fault may strike the first life or the recovery")
  func everyPair() async throws {
    let expected = try await ExpectedEnd(on: .sqlite)
    let plans = try await Self.plans(after: expected)
    print("crash pairs: \(plans.count)")
    #expect(plans.count > 1_000)
    try await Self.check(plans, on: .sqlite, expected)
  }

  /// To repeat a sample, run with the printed seed: `PAIDONCE_CRASH_SEED=17 swift test --filter CrashPairTests`.
  @Test("random pairs on PostgreSQL give the same payments and the same bytes as SQLite")
  func drawnPairs() async throws {
    let given = ProcessInfo.processInfo.environment["PAIDONCE_CRASH_SEED"].flatMap { UInt64($0) }
    let seed = given ?? .random(in: 1...9_999)
    print("crash pairs on PostgreSQL: PAIDONCE_CRASH_SEED=\(seed)")
    let expected = try await ExpectedEnd(on: .sqlite)
    var lot = SeededGenerator(seed: seed)
    let plans = try await Self.plans(after: expected).shuffled(using: &lot).prefix(300)
    try await Self.check(Array(plans), on: .postgres, expected)
  }

  private static func check(_ plans: [Plan], on kind: StoreKind, _ expected: ExpectedEnd) async throws {
    _ = try await inTurn(plans) { plan in
      let run = try await CrashRun(on: kind, plan)
      #expect(plan.keys.allSatisfy(run.script.hasFired), "\(plan)")
      try await expected.check(run, plan)
    }
  }

  /// Returns all pairs of faults. The first fault determines which calls follow, so it is run first.
  private static func plans(after expected: ExpectedEnd) async throws -> [Plan] {
    let firsts = expected.calls.enumerated().flatMap { index, call in
      FaultScript.Fault.differing(at: call).map { (number: index + 1, fault: $0) }
    }
    return try await inTurn(firsts) { first in
      let calls = try await CrashRun(on: .sqlite, [first.number: first.fault]).script.calls
      return calls.enumerated().dropFirst(first.number).flatMap { index, call in
        FaultScript.Fault.differing(at: call).map { [first.number: first.fault, index + 1: $0] }
      }
    }.flatMap(\.self)
  }

  /// Answers the questions, four at a time. The answers are in the order of the questions, so that a seed draws the
  /// same sample again.
  private static func inTurn<Question: Sendable, Answer: Sendable>(
    _ questions: [Question], _ answer: @escaping @Sendable (Question) async throws -> Answer
  ) async throws -> [Answer] {
    try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
      var left = questions.enumerated().makeIterator()
      var answers: [Int: Answer] = [:]
      func begin() {
        guard let (index, question) = left.next() else { return }
        group.addTask { (index, try await answer(question)) }
      }
      for _ in 1...4 { begin() }
      while let (index, value) = try await group.next() {
        answers[index] = value
        begin()
      }
      return questions.indices.compactMap { answers[$0] }
    }
  }
}
