import DurableTesting
import TestSupport
import Testing

@testable import DurableExecution

/// An agent that acquires a key, acts, and reports, while each call to the store fails in turn in each way.
@Suite("An agent whose service dies at every call", .postgres, .temporaryFolder)
struct KeyServiceCrashTests {
  private static let key = KeyText(effect: "ship", segments: ["1"])

  @Test("has at most one outcome, which every later caller receives", arguments: ServiceStore.allCases)
  func oneOutcome(on kind: ServiceStore) async throws {
    let calls = try await run(kind, [:]).script.calls
    #expect(calls.count >= 8, "\(calls)")
    var fired = 0
    for number in 1...calls.count {
      for fault in FaultScript.Fault.allCases {
        let run = try await run(kind, [number: fault])
        let point = "\(fault) at call \(number), \(calls[number - 1])"
        let record = try #require(try await run.bench.service().record(of: Self.key), "\(point)")
        #expect(record.status == .completed && run.responses == [record.response], "\(point)")
        #expect(try await run.bench.events(of: Self.key).count == 1, "\(point)")
        if run.script.hasFired(number) { fired += 1 }
      }
    }
    // A `begin` has no reply to lose, and nothing follows the last call of a `begin` that dies.
    #expect(fired >= calls.count * 2, "\(fired) faults at \(calls)")
  }

  private struct Run {
    let bench: ServiceBench
    let script: FaultScript
    /// The different responses that callers received.
    let responses: Set<StoredResponse?>
  }

  private func run(_ kind: ServiceStore, _ plan: [Int: FaultScript.Fault]) async throws -> Run {
    let (bench, script) = (try ServiceBench(kind), FaultScript(plan))
    // Opened before the faults, like the agent's own process.
    let service = KeyService(store: try await bench.store(script.probe))
    var responses: Set<StoredResponse?> = []
    var answers = 0
    for attempt in 1...8 where answers < 2 {
      do {
        if let response = try await response(of: service, attempt) {
          responses.insert(response)
          answers += 1
        }
      } catch let error where error is FaultScript.Crash || error is StoreFailure {
        script.revive()
      }
      bench.clock.advance(by: KeyRequest.lease)
    }
    #expect(answers == 2, "the agent did not end: \(plan)")
    return Run(bench: bench, script: script, responses: responses)
  }

  /// Asks for the key as one process. The response differs for each attempt, so a second outcome would show.
  private func response(of service: KeyService<AnyStore>, _ attempt: Int) async throws -> StoredResponse? {
    switch try await service.acquire(.sample(owner: "\(attempt)")) {
    case .acquired(let record):
      let response = StoredResponse(bytes: [UInt8(attempt)], contentType: "text/plain", status: 200)
      let report = try await reportTwice(service, record.epoch, response)
      return report == .accepted ? response : nil
    case .replayed(let record): return record.response
    case .inProgress, .mismatch: return nil
    }
  }

  /// Reports again after a lost reply, as an agent does that is still alive.
  private func reportTwice(
    _ service: KeyService<AnyStore>, _ epoch: Epoch, _ response: StoredResponse
  ) async throws -> KeyReport {
    do {
      return try await service.complete(Self.key, epoch: epoch, with: response)
    } catch is StoreFailure {
      return try await service.complete(Self.key, epoch: epoch, with: response)
    }
  }
}
