import DurableTesting
import Synchronization
import TestSupport
import Testing

@testable import DurableExecution

/// An agent that prepares, sends a parcel, and reports, while each call to the store fails in turn in each way. Every
/// attempt is another process, and picks a tracking id of its own.
@Suite("An agent that prepares, whose service dies at every call", .postgres, .temporaryFolder)
struct PreparationCrashTests {
  private static let key = KeyText(effect: "ship", segments: ["1"])

  /// Parcels, by the tracking id that they were sent under.
  private final class Courier: Sendable {
    private let parcels = Mutex<[String]>([])
    var sent: [String] { parcels.withLock { $0 } }

    func send(under id: TrackingID) { parcels.withLock { $0.append(id.text) } }
  }

  @Test("sends one parcel, under the id that is on record", arguments: ServiceStore.allCases)
  func oneParcel(on kind: ServiceStore) async throws {
    let calls = try await run(kind, [:]).script.calls
    #expect(calls.count >= 12, "\(calls)")
    for number in 1...calls.count {
      for fault in FaultScript.Fault.allCases {
        let run = try await run(kind, [number: fault])
        let point = "\(fault) at call \(number), \(calls[number - 1])"
        let service = try await run.bench.service()
        let last = try await service.lastPreparation(of: Self.key)
        #expect(run.courier.sent == [last?.trackingID.text], "\(point)")
        #expect(try await service.record(of: Self.key)?.status == .completed, "\(point)")
      }
    }
  }

  private struct Run {
    let bench: ServiceBench
    let script: FaultScript
    let courier: Courier
  }

  private func run(_ kind: ServiceStore, _ plan: [Int: FaultScript.Fault]) async throws -> Run {
    let run = Run(bench: try ServiceBench(kind), script: FaultScript(plan), courier: Courier())
    let service = KeyService(store: try await run.bench.store(run.script.probe))
    var isDone = false
    for attempt in 1...8 where !isDone {
      do {
        isDone = try await ship(service, run.courier, attempt)
      } catch let error where error is FaultScript.Crash || error is StoreFailure {
        run.script.revive()
      }
      run.bench.clock.advance(by: KeyRequest.lease)
    }
    #expect(isDone, "the agent did not end: \(plan)")
    return run
  }

  /// Returns whether the parcel is sent and on record.
  private func ship(_ service: KeyService<AnyStore>, _ courier: Courier, _ attempt: Int) async throws -> Bool {
    guard case .acquired(let record) = try await service.acquire(.sample(owner: "\(attempt)")) else { return true }
    let last = try await service.lastPreparation(of: Self.key)
    if last.map({ courier.sent.contains($0.trackingID.text) }) != true {
      let id = TrackingID("parcel-\(attempt)")
      let answer = try await service.prepare(
        PrepareRequest(
          key: Self.key, epoch: record.epoch, trackingID: id, replacing: last?.trackingID, scope: "agent"))
      guard answer.prepared != nil else { return false }
      courier.send(under: id)
    }
    return try await service.complete(Self.key, epoch: record.epoch, with: .sample) == .accepted
  }
}
