import DurableTesting
import TestSupport
import Testing

@testable import DurableExecution

@Suite("The preparation of a key", .postgres, .temporaryFolder)
struct PreparationTests {
  private static let key = KeyText(effect: "ship", segments: ["1"])
  private static let derived = TrackingID(of: key)

  private static func request(
    _ id: String? = nil, replacing: String? = nil, key: KeyText = key, epoch: Epoch = .first, scope: String = "agent"
  ) -> PrepareRequest {
    PrepareRequest(
      key: key, epoch: epoch, trackingID: id.map(TrackingID.init), replacing: replacing.map(TrackingID.init),
      scope: scope)
  }

  /// A service whose key has an owner under the first epoch.
  private static func owned(
    _ kind: ServiceStore, retention: Retention = .financial
  ) async throws -> (bench: ServiceBench, service: KeyService<AnyStore>) {
    let bench = try ServiceBench(kind)
    let service = try await bench.service()
    _ = try #require(try await service.acquire(.sample(retention: retention)).acquired)
    return (bench, service)
  }

  /// Lets the lease end, and another owner acquire the key.
  private static func takenOver(_ bench: ServiceBench) async throws -> KeyRecord {
    bench.clock.advance(by: KeyRequest.lease)
    return try #require(try await bench.service().acquire(.sample(owner: "other")).acquired)
  }

  @Test(
    "is on record before the owner acts, and its repeats get the first answer, byte for byte, in any process",
    arguments: ServiceStore.allCases)
  func repeated(on kind: ServiceStore) async throws {
    let (bench, service) = try await Self.owned(kind)
    #expect(try await service.lastPreparation(of: Self.key) == nil)
    let first = try #require(try await service.prepare(Self.request("shp-7")).prepared)
    #expect(String(decoding: first.bytes, as: UTF8.self) == #"{"epoch":1,"outcome":"prepared","tracking_id":"shp-7"}"#)
    #expect(try await bench.service().lastPreparation(of: Self.key)?.trackingID.text == "shp-7")
    bench.clock.advance(by: KeyRequest.lease * 3)
    for id in ["shp-7", nil] {
      #expect(try await bench.service().prepare(Self.request(id)) == .prepared(first, isRepeat: true))
    }
    let name = Preparation.key(of: Self.key, epoch: .first)
    let event = #"effect-prepared 1 idemp:ship:1 {"epoch":"1","tracking_id":"shp-7"}"#
    #expect(try await bench.events(of: name) == [event])
  }

  @Test(
    "has the id that is derived from the key where none is given, for every owner", arguments: ServiceStore.allCases)
  func derived(on kind: ServiceStore) async throws {
    let (bench, service) = try await Self.owned(kind)
    #expect(try await service.prepare(Self.request()).prepared != nil)
    #expect(try await service.lastPreparation(of: Self.key) == Preparation(epoch: .first, trackingID: Self.derived))
    let next = try await Self.takenOver(bench)
    #expect(try await service.prepare(Self.request(epoch: next.epoch)).prepared != nil)
    #expect(try await service.lastPreparation(of: Self.key) == Preparation(epoch: next.epoch, trackingID: Self.derived))
  }

  @Test(
    "under another tracking id and the same epoch is refused, and changes nothing", arguments: ServiceStore.allCases)
  func otherwise(on kind: ServiceStore) async throws {
    let (_, service) = try await Self.owned(kind)
    _ = try await service.prepare(Self.request("one"))
    let record = try await service.record(of: Self.key)
    #expect(try await service.prepare(Self.request("two")) == .refused(.preparedOtherwise))
    #expect(try await service.prepare(Self.request("two", replacing: "one")) == .refused(.preparedOtherwise))
    #expect(try await service.record(of: Self.key) == record)
    #expect(try await service.record(trackedBy: TrackingID("two"), in: "agent") == nil)
    #expect(try await service.lastPreparation(of: Self.key)?.trackingID.text == "one")
  }

  @Test(
    "is known to the owner that takes the key over, and the earlier owner neither prepares again nor commits",
    arguments: ServiceStore.allCases)
  func takenOver(on kind: ServiceStore) async throws {
    let (bench, service) = try await Self.owned(kind)
    _ = try await service.prepare(Self.request("one"))
    let next = try await Self.takenOver(bench)
    #expect(
      try await service.lastPreparation(of: Self.key) == Preparation(epoch: .first, trackingID: TrackingID("one")))
    for id in ["one", "two", nil] {
      #expect(try await service.prepare(Self.request(id)) == .refused(.fenced))
    }
    #expect(try await service.complete(Self.key, epoch: .first, with: .sample) == .fenced)
    #expect(try await service.fail(Self.key, epoch: .first, with: .sample) == .fenced)
    #expect(try await service.record(of: Self.key) == next)
    #expect(try await service.complete(Self.key, epoch: next.epoch, with: .sample) == .accepted)
  }

  @Test(
    "under another id than an earlier owner's is refused, unless the owner says that nothing was done under that one",
    arguments: ServiceStore.allCases)
  func inDoubt(on kind: ServiceStore) async throws {
    let (bench, service) = try await Self.owned(kind)
    _ = try await service.prepare(Self.request("one"))
    let epoch = try await Self.takenOver(bench).epoch
    #expect(try await service.prepare(Self.request("two", epoch: epoch)) == .refused(.inDoubt))
    let wrong = Self.request("two", replacing: "three", epoch: epoch)
    #expect(try await service.prepare(wrong) == .refused(.nothingToReplace))
    #expect(try await service.lastPreparation(of: Self.key)?.epoch == .first)
    let replacing = Self.request("two", replacing: "one", epoch: epoch)
    let first = try #require(try await service.prepare(replacing).prepared)
    #expect(try await service.prepare(replacing) == .prepared(first, isRepeat: true))
    let third = try await Self.takenOver(bench).epoch
    #expect(try await service.prepare(Self.request("one", epoch: third)) == .refused(.inDoubt), "the last one counts")
    #expect(try await service.prepare(Self.request(epoch: third)).prepared != nil)
    #expect(try await service.lastPreparation(of: Self.key) == Preparation(epoch: third, trackingID: TrackingID("two")))
  }

  @Test("replaces nothing where no owner has prepared", arguments: ServiceStore.allCases)
  func nothing(on kind: ServiceStore) async throws {
    let (_, service) = try await Self.owned(kind)
    #expect(try await service.prepare(Self.request("two", replacing: "one")) == .refused(.nothingToReplace))
  }

  @Test("gives a tracking id to one key, also when keys ask for it at once", arguments: ServiceStore.allCases)
  func oneKey(on kind: ServiceStore) async throws {
    let bench = try ServiceBench(kind)
    let services = [try await bench.service(), try await bench.service()]
    let keys = (1...8).map { KeyText(effect: "ship", segments: ["\($0)"]) }
    for key in keys { _ = try await services[0].acquire(.sample(key: key)) }
    let answers = try await withThrowingTaskGroup(of: (KeyText, PrepareAnswer).self) { group in
      for (number, key) in keys.enumerated() {
        group.addTask { (key, try await services[number % 2].prepare(Self.request("one", key: key))) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let winners = answers.filter { $0.1.prepared != nil }.map(\.0)
    #expect(winners.count == 1 && answers.count { $0.1 == .refused(.trackingIDInUse) } == 7, "\(answers)")
    #expect(try await services[0].record(trackedBy: TrackingID("one"), in: "agent")?.record.key == winners.first)
    let loser = try #require(keys.first { $0 != winners.first })
    #expect(try await services[0].prepare(Self.request("one", key: loser, scope: "another")).prepared != nil)
  }

  @Test(
    "of many concurrent ones of one owner is one, and only its repeats are answered", arguments: ServiceStore.allCases)
  func race(on kind: ServiceStore) async throws {
    let (bench, service) = try await Self.owned(kind)
    let services = [service, try await bench.service()]
    let answers = try await withThrowingTaskGroup(of: (String, PrepareAnswer).self) { group in
      for number in 0..<20 {
        let id = "id-\(number % 4)"
        group.addTask { (id, try await services[number % 2].prepare(Self.request(id))) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let kept = try #require(try await service.lastPreparation(of: Self.key)).trackingID.text
    for (id, answer) in answers {
      #expect(id == kept ? answer.prepared != nil : answer == .refused(.preparedOtherwise), "\(id): \(answer)")
    }
    #expect(Set(answers.compactMap(\.1.prepared)).count == 1)
  }

  @Test(
    "that races with a takeover is either known to the new owner or refused", arguments: ServiceStore.allCases, 1...4)
  func raceWithTakeover(on kind: ServiceStore, round: Int) async throws {
    let (bench, service) = try await Self.owned(kind)
    let other = try await bench.service()
    bench.clock.advance(by: KeyRequest.lease)
    async let late = service.prepare(Self.request("one"))
    _ = try #require(try await other.acquire(.sample(owner: "other")).acquired)
    let known = try await other.lastPreparation(of: Self.key)
    switch try await late {
    case .prepared: #expect(known?.trackingID.text == "one")
    case .refused(let refusal): #expect(refusal == .fenced && known == nil)
    }
  }

  @Test("leads from the tracking id to the outcome, also from the archive", arguments: ServiceStore.allCases)
  func outcome(on kind: ServiceStore) async throws {
    let (bench, service) = try await Self.owned(kind, retention: .apiCall)
    let first = try await service.prepare(Self.request("one"))
    let pending = try #require(try await service.record(trackedBy: TrackingID("one"), in: "agent"))
    #expect(pending.record.status == .pending && pending.last.epoch == .first)
    #expect(try await service.complete(Self.key, epoch: .first, with: .sample) == .accepted)
    for isArchived in [false, true] {
      let found = try #require(try await service.record(trackedBy: TrackingID("one"), in: "agent"))
      #expect(found.record.response == .sample && found.record.isArchived == isArchived)
      #expect(try await service.prepare(Self.request("one")).prepared == first.prepared)
      bench.clock.advance(by: .seconds(3_601))
      _ = try await bench.archive()
    }
    #expect(try await service.record(trackedBy: TrackingID("one"), in: "another") == nil, "ids are the agent's own")
  }

  @Test("of a key that has its outcome is refused", arguments: ServiceStore.allCases)
  func closed(on kind: ServiceStore) async throws {
    let (_, service) = try await Self.owned(kind)
    #expect(try await service.complete(Self.key, epoch: .first, with: .sample) == .accepted)
    #expect(try await service.prepare(Self.request("one")) == .refused(.closed))
    #expect(try await service.prepare(Self.request("one", epoch: Epoch(9))) == .refused(.fenced))
    #expect(try await service.prepare(Self.request(key: KeyText("idemp:ship:2"))) == .refused(.unknownKey))
  }

  @Test("stays on record when the key is given back, for the next owner to ask", arguments: ServiceStore.allCases)
  func abandoned(on kind: ServiceStore) async throws {
    let (_, service) = try await Self.owned(kind)
    _ = try await service.prepare(Self.request("one"))
    #expect(try await service.abandon(Self.key, epoch: .first) == .accepted)
    #expect(try await service.prepare(Self.request("one")) == .refused(.fenced))
    #expect(try await service.prepare(Self.request("one", epoch: Epoch(2))) == .refused(.fenced), "nobody has it")
    let next = try #require(try await service.acquire(.sample(owner: "other")).acquired)
    #expect(try await service.lastPreparation(of: Self.key)?.trackingID.text == "one")
    #expect(try await service.prepare(Self.request("two", epoch: next.epoch)) == .refused(.inDoubt))
  }

  @Test("comes before the outcome in logical time, and is a step of the key's run", arguments: ServiceStore.allCases)
  func lineage(on kind: ServiceStore) async throws {
    let (_, service) = try await Self.owned(kind)
    _ = try await service.prepare(Self.request("one"))
    _ = try await service.complete(Self.key, epoch: .first, with: .sample)
    let done = try #require(try await service.record(of: Self.key))
    let prepared = try #require(try await service.record(of: Preparation.key(of: Self.key, epoch: .first)))
    #expect(prepared.root == done.key && prepared.parent == done.key.text && prepared.lamport < done.lamport)
  }
}

extension PrepareAnswer {
  var prepared: StoredResponse? {
    if case .prepared(let response, _) = self { response } else { nil }
  }
}
