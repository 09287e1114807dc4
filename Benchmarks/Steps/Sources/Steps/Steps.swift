import DurableExecution
import DurablePostgres
import DurableSQLite
import Foundation

/// Five trivial durable steps, through the library's public interface:
///
///     Steps STORE flows|commits|batches COUNT CONCURRENCY
///     Steps STORE latency COUNT
///
/// `flows` runs each five steps as a flow that any process can resume, each step with a commit of its own. `commits` leaves
/// the flow out. `batches` commits the steps of a hundred runs together. Prints the runs and the seconds; `latency` prints
/// the microseconds of one step and of its replay, as median and 99th percentile.
@main
struct Steps {
  let durable: Durable
  /// About 600 bytes, as a claim's responses have.
  static let response = String(repeating: "0123456789", count: 60)
  static let steps = (1...5).map { LocalEffect("step-\($0)", key: { (run: String) in [run] }, returns: String.self) }
  static let batch = 100

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, let count = Int(arguments[3]) else {
      FileHandle.standardError.write(
        Data("usage: Steps STORE flows|commits|batches|latency COUNT [CONCURRENCY]\n".utf8))
      exit(64)
    }
    let location: DurableLocation =
      arguments[1].hasPrefix("postgres") ? .postgres(arguments[1]) : .sqlite(arguments[1])
    let steps = Steps(durable: try await Durable(location))
    let concurrency = arguments.count > 4 ? Int(arguments[4]) ?? 1 : 1
    switch arguments[2] {
    case "flows": try await steps.timed(count, concurrency, steps.flow)
    case "commits": try await steps.timed(count, concurrency, steps.commits)
    case "batches": try await steps.batches(count, concurrency)
    case "latency": try await steps.latency(count)
    default: exit(64)
    }
  }

  private func flow(_ run: String) async throws {
    let flow = Flow("run", key: { (run: String) in [run] }, returns: String.self) { run, durable in
      for step in Self.steps {
        _ = try await durable.once(step, for: run) { _ in Self.response }
      }
      return run
    }
    _ = try await durable.run(flow, run)
  }

  private func commits(_ run: String) async throws {
    for step in Self.steps {
      _ = try await durable.once(step, for: run) { _ in Self.response }
    }
  }

  private func timed(_ count: Int, _ concurrency: Int, _ work: @escaping @Sendable (String) async throws -> Void)
    async throws
  {
    let seconds = try await Self.seconds {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<concurrency {
          group.addTask {
            for index in stride(from: worker, to: count, by: concurrency) { try await work("run-\(index)") }
          }
        }
        try await group.waitForAll()
      }
    }
    print(count, seconds)
  }

  private func batches(_ count: Int, _ concurrency: Int) async throws {
    let starts = Array(stride(from: 0, to: count, by: Self.batch))
    let seconds = try await Self.seconds {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<concurrency {
          group.addTask { [durable] in
            for index in stride(from: worker, to: starts.count, by: concurrency) {
              let runs = (starts[index]..<min(starts[index] + Self.batch, count)).map { "run-\($0)" }
              try await durable.transaction { transaction in
                for step in Self.steps { _ = try transaction.once(step, each: runs) { _ in Self.response } }
              }
            }
          }
        }
        try await group.waitForAll()
      }
    }
    print(count, seconds)
  }

  private func latency(_ count: Int) async throws {
    for _ in 1...2 {
      var times: [Double] = []
      for run in 0..<count {
        times.append(
          try await Self.seconds {
            _ = try await durable.once(Self.steps[0], for: "run-\(run)") { _ in Self.response }
          } * 1e6)
      }
      times.sort()
      print(Int(times[count / 2]), Int(times[count * 99 / 100]))
    }
  }

  private static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let began = ContinuousClock.now
    try await work()
    return (ContinuousClock.now - began) / .seconds(1)
  }
}
