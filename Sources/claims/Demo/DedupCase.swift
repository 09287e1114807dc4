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

  /// - Parameter command: a `process` command; run as the case says.
  func run(_ command: [String]) async throws {
    switch self {
    case .threeRuns:
      for _ in 1...3 { _ = try await ChildProcess.run(command) }
    case .eightProcesses:
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...8 { group.addTask { _ = try await ChildProcess.run(command) } }
        try await group.waitForAll()
      }
    case .lostReplies:
      _ = try await ChildProcess.run(command)
    case .killedBeforeRecord:
      let killed = try await ChildProcess.run(command + ["--die-after-payment"])
      guard killed.ending == .killed(signal: 9) else { throw DemoError.notKilled(killed.errors) }
      _ = try await ChildProcess.run(command)
    }
  }
}

enum DemoError: Error, CustomStringConvertible {
  case notKilled(String)
  case faultDidNotFire(String)

  var description: String {
    switch self {
    case .notKilled(let errors): "the process that was to be killed lived on: \(errors)"
    case .faultDidNotFire(let fault): "the fault \(fault) did not strike; the case shows nothing"
    }
  }
}
