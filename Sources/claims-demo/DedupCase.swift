/// A way in which claims are processed more than once.
enum DedupCase: CaseIterable {
  case threeRuns
  case eightProcesses
  case lostReplies
  case killedBeforeRecord

  var title: String {
    switch self {
    case .threeRuns: "the same file three times in a row"
    case .eightProcesses: "the same file in 8 processes at once"
    case .lostReplies: "the bank pays, and its reply is lost"
    case .killedBeforeRecord: "killed between bank and record, run again"
    }
  }

  /// The faults that the bank is configured with.
  var faults: String? {
    switch self {
    case .lostReplies: "lose-reply:commit:count=3"
    case .threeRuns, .eightProcesses, .killedBeforeRecord: nil
    }
  }

  /// - Parameters:
  ///   - work: runs the sample claims undisturbed.
  ///   - dying: runs the sample claims and is killed after the bank has paid and before the payment is recorded.
  func run(
    _ work: @escaping @Sendable () async throws -> Void, dying: @Sendable () async throws -> ChildProcess.Outcome
  ) async throws {
    switch self {
    case .threeRuns:
      for _ in 1...3 { try await work() }
    case .eightProcesses:
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...8 { group.addTask { try await work() } }
        try await group.waitForAll()
      }
    case .lostReplies:
      try await work()
    case .killedBeforeRecord:
      let killed = try await dying()
      guard killed.ending == .killed(signal: 9) else { throw DemoError.notKilled(killed.errors) }
      try await work()
    }
  }
}
