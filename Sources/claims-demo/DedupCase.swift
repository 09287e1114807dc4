import Foundation

/// One way in which claims are worked on more than once.
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

  /// What the bank is told to do wrong.
  var faults: String? {
    switch self {
    case .lostReplies: "lose-reply:commit:count=3"
    case .threeRuns, .eightProcesses, .killedBeforeRecord: nil
    }
  }

  /// - Parameters:
  ///   - work: one run over the sample claims, undisturbed.
  ///   - dying: one that is killed when the bank has paid and before that is on record.
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

enum DemoError: Error, CustomStringConvertible {
  case notBuilt(String)
  case notKilled(String)
  case faultDidNotFire(String)

  var description: String {
    switch self {
    case .notBuilt(let path): "there is no \(path); build it with `swift build` and keep both programs in one folder"
    case .notKilled(let errors): "the process that was to be killed lived on: \(errors)"
    case .faultDidNotFire(let fault): "the fault \(fault) did not strike; the case shows nothing"
    }
  }
}
