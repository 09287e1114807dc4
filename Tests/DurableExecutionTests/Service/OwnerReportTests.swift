import DurableTesting
import TestSupport
import Testing

@testable import DurableExecution

@Suite("The report of a key's owner", .postgres, .temporaryFolder)
struct OwnerReportTests {
  /// Everything that an owner can report.
  enum Report: CaseIterable, Sendable {
    case heartbeat, complete, fail, abandon

    func send(_ service: KeyService<AnyStore>, _ key: KeyText, _ epoch: Epoch) async throws -> KeyReport {
      switch self {
      case .heartbeat: try await service.heartbeat(key, epoch: epoch, lease: KeyRequest.lease)
      case .complete: try await service.complete(key, epoch: epoch, with: .other)
      case .fail: try await service.fail(key, epoch: epoch, with: .other)
      case .abandon: try await service.abandon(key, epoch: epoch)
      }
    }
  }

  private static let key = KeyText(effect: "ship", segments: ["1"])

  @Test(
    "is fenced and changes nothing once the key has a new owner, also after the new owner's outcome",
    arguments: Report.allCases, ServiceStore.allCases)
  func fenced(_ report: Report, on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    _ = try await service.acquire(.sample())
    bench.clock.advance(by: KeyRequest.lease)
    let current = try #require(try await service.acquire(.sample(owner: "other")).acquired)
    #expect(try await report.send(service, Self.key, .first) == .fenced)
    #expect(try await service.record(of: Self.key) == current)
    #expect(try await service.complete(Self.key, epoch: current.epoch, with: .sample) == .accepted)
    let done = try await service.record(of: Self.key)
    #expect(try await report.send(service, Self.key, .first) == .fenced)
    #expect(try await report.send(service, Self.key, Epoch(9)) == .fenced, "an epoch that nobody was granted")
    #expect(try await service.record(of: Self.key) == done)
    #expect(try await bench.events(of: Self.key) == ["effect-completed 2 idemp:ship:1 {}"])
  }

  @Test("about a key that nobody has acquired is refused", arguments: Report.allCases, ServiceStore.allCases)
  func unknown(_ report: Report, on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    #expect(try await report.send(bench.service(), Self.key, .first) == .unknownKey)
    #expect(try await bench.service().record(of: Self.key) == nil)
  }

  @Test(
    "is accepted after the lease has ended, as long as nobody has taken the key over",
    arguments: Report.allCases, ServiceStore.allCases)
  func late(_ report: Report, on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    _ = try await service.acquire(.sample())
    bench.clock.advance(by: KeyRequest.lease * 3)
    #expect(try await report.send(service, Self.key, .first) == .accepted)
  }

  @Test("is accepted again if it is the very same outcome, which stays one", arguments: ServiceStore.allCases)
  func repeated(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    _ = try await service.acquire(.sample())
    #expect(try await service.complete(Self.key, epoch: .first, with: .sample) == .accepted)
    let done = try await service.record(of: Self.key)
    bench.clock.advance(by: KeyRequest.lease * 3)
    for _ in 1...3 {
      #expect(try await bench.service().complete(Self.key, epoch: .first, with: .sample) == .accepted)
    }
    #expect(try await service.record(of: Self.key) == done)
    #expect(try await bench.events(of: Self.key).count == 1)
  }

  @Test(
    "conflicts with another outcome under the same epoch, and changes nothing", arguments: ServiceStore.allCases)
  func conflicting(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    let sample = StoredResponse.sample
    _ = try await service.acquire(.sample())
    #expect(try await service.complete(Self.key, epoch: .first, with: sample) == .accepted)
    let done = try await service.record(of: Self.key)
    let others = [
      StoredResponse(bytes: sample.bytes + [0], contentType: sample.contentType, status: sample.status),
      StoredResponse(bytes: sample.bytes, contentType: "text/plain", status: sample.status),
      StoredResponse(bytes: sample.bytes, contentType: sample.contentType, status: 200),
    ]
    for other in others {
      #expect(try await service.complete(Self.key, epoch: .first, with: other) == .conflicting)
    }
    #expect(try await service.fail(Self.key, epoch: .first, with: sample) == .conflicting)
    #expect(try await service.heartbeat(Self.key, epoch: .first, lease: KeyRequest.lease) == .conflicting)
    #expect(try await service.abandon(Self.key, epoch: .first) == .conflicting)
    #expect(try await service.record(of: Self.key) == done)
    #expect(try await bench.events(of: Self.key).count == 1)
  }

  @Test("renews the lease from now on, even to a much longer one", arguments: ServiceStore.allCases)
  func heartbeat(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    _ = try await service.acquire(.sample())
    bench.clock.advance(by: .seconds(59))
    #expect(try await service.heartbeat(Self.key, epoch: .first, lease: KeyRequest.lease * 10) == .accepted)
    let end = bench.clock.now.adding(KeyRequest.lease * 10)
    #expect(try await service.acquire(.sample(owner: "other")) == .inProgress(until: end))
    bench.clock.advance(by: KeyRequest.lease * 10)
    #expect(try await service.acquire(.sample(owner: "other")).acquired?.epoch == Epoch(2))
  }

  @Test(
    "that nothing was done lets the next caller acquire at once, with a greater epoch", arguments: ServiceStore.allCases
  )
  func abandon(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    _ = try await service.acquire(.sample())
    for _ in 1...2 {
      #expect(try await service.abandon(Self.key, epoch: .first) == .accepted)
      #expect(try await service.complete(Self.key, epoch: .first, with: .sample) == .fenced)
      #expect(try await service.complete(Self.key, epoch: Epoch(2), with: .sample) == .fenced, "nobody has it")
    }
    let next = try #require(try await service.acquire(.sample(owner: "other")).acquired)
    #expect(next.epoch > .first && next.attempts == 2)
    #expect(try await service.abandon(Self.key, epoch: .first) == .fenced)
    #expect(try await service.complete(Self.key, epoch: next.epoch, with: .sample) == .accepted)
    #expect(try await bench.events(of: Self.key).count == 1)
  }

  @Test(
    "Of many concurrent outcomes of one owner, one is kept and only its repeats are accepted",
    arguments: ServiceStore.allCases)
  func race(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let services = [try await bench.service(), try await bench.service()]
    _ = try await services[0].acquire(.sample())
    let reports = try await withThrowingTaskGroup(of: (Int, KeyReport).self) { group in
      for number in 0..<20 {
        let response = StoredResponse(bytes: [UInt8(number % 4)], contentType: "text/plain", status: 200)
        group.addTask {
          (number % 4, try await services[number % 2].complete(Self.key, epoch: .first, with: response))
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let kept = try #require(try await services[0].record(of: Self.key)?.response?.bytes.first)
    for (number, report) in reports { #expect(report == (number == Int(kept) ? .accepted : .conflicting)) }
    #expect(try await bench.events(of: Self.key).count == 1)
  }
}
