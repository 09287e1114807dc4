import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Foundation
package import Logging
import ServiceLifecycle
import Synchronization

/// Works on the queue until it is asked to stop. It runs several jobs, each of which leases a batch, takes its claims
/// through the chain, and removes them from the queue. Any number of workers may run on any machines. If one dies, its
/// leases expire and the others take over.
package struct QueueWorker: Service {
  private let app: ClaimsApp
  private let settings: WorkSettings
  private let logger: Logger
  private let emit: @Sendable ([ClaimResult]) async throws -> Void
  /// The number of late acts already logged.
  private let lateActs = Counter()
  private let claimsSetAside = Counter()

  /// - Parameter emit: receives the results of finished claims.
  package init(
    _ app: ClaimsApp, settings: WorkSettings, logger: Logger,
    emit: @escaping @Sendable ([ClaimResult]) async throws -> Void
  ) {
    self.app = app
    self.settings = settings
    self.logger = logger
    self.emit = emit
  }

  /// The number of claims that this worker has set aside for a person.
  package var setAside: Int { claimsSetAside.value.load(ordering: .relaxed) }

  /// Returns when every batch that was begun is finished after a request to stop, or when the queue is empty if the
  /// settings say to stop then.
  package func run() async throws {
    let stop = StopFlag()
    try await withGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<settings.jobs { group.addTask { try await work(until: stop) } }
        try await group.waitForAll()
      }
    } onGracefulShutdown: {
      stop.set()
    }
  }

  /// Runs one job. It waits while a store or a bank is unavailable.
  private func work(until stop: StopFlag) async throws {
    var pause = Backoff.whileAway
    var size = settings.batch
    while !stop.isSet, !Task.isCancelled {
      do {
        let claims = try await lease(upTo: size.count)
        let began = app.runner.pacing.now()
        defer { size.adapt(to: app.runner.pacing.now() - began, for: claims.count) }
        if claims.isEmpty {
          if settings.stopsWhenEmpty, try await isEmpty() { return }
          await app.store.awaitWork(upTo: .seconds(1))
        } else if try await process(claims, until: stop) {
          tellOfLateActs()
          try await pause.wait(until: stop, app.runner.pacing)
        } else {
          tellOfLateActs()
          pause = Backoff.whileAway
        }
      } catch let failure as StoreFailure {
        logger.warning("\(failure)")
        try await pause.wait(until: stop, app.runner.pacing)
      }
    }
  }

  /// Logs the acts that the other system or the store refused because another worker has taken the claims over. Nothing
  /// is lost, but operators want to know how often it happens.
  private func tellOfLateActs() {
    let now = app.runner.counts.fenced
    let before = lateActs.value.exchange(now, ordering: .relaxed)
    guard now > before else { return }
    logger.notice("\(now - before) late acts of ours were refused: other workers have taken the claims over")
  }

  /// - Returns: whether something that all claims need was unavailable, so that it is better to wait before the next
  ///   batch.
  private func process(_ claims: [LeasedClaim], until stop: StopFlag) async throws -> Bool {
    let heartbeat = Task { await keep(claims.map(\.lease)) }
    defer { heartbeat.cancel() }
    do {
      let ended = try await QueueBatch(app, claims, logger).run(emit)
      claimsSetAside.add(ended.setAside)
      return ended.isAway
    } catch let failure as StoreFailure {
      logger.warning("\(failure)")
      await giveBack(claims.map(\.lease), until: stop)
      return true
    }
  }

  private func lease(upTo count: Int) async throws -> [LeasedClaim] {
    let (worker, settings) = (app.runner.worker, settings)
    let (leased, exhausted) = try await app.store.transaction { transaction in
      let leased = try transaction.lease(
        upTo: count, by: worker, until: transaction.now.adding(settings.lease))
      let exhausted = leased.filter { $0.attempts > settings.attempts }
      try transaction.setAside(
        exhausted.map { ($0.lease, "\(settings.attempts) workers died at it, or were killed") })
      return (leased.filter { $0.attempts <= settings.attempts }, exhausted)
    }
    claimsSetAside.add(exhausted.count)
    for claim in exhausted {
      logger.error("set aside: too many workers died at it", metadata: ["key": "\(claim.lease.key.digest.prefix(16))"])
    }
    return leased
  }

  /// Renews the leases every third of their duration until cancelled.
  private func keep(_ leases: [QueueLease]) async {
    let length = settings.lease
    while !Task.isCancelled {
      guard (try? await app.runner.pacing.sleep(length / 3)) != nil else { return }
      // If the store cannot be reached, nothing is renewed. The leases then expire, and other workers may take the
      // claims.
      _ = try? await app.store.transaction { try $0.renew(leases, until: $0.now.adding(length)) }
    }
  }

  /// Returns claims to the queue after the store was unavailable. This does not count against the claims, which are put
  /// back as soon as the store responds. Claims that are finished or held by another worker are left alone. After a
  /// request to stop, there is only one try, since the leases expire on their own.
  private func giveBack(_ leases: [QueueLease], until stop: StopFlag) async {
    var pause = Backoff.whileAway
    while !Task.isCancelled {
      let isLastTry = stop.isSet
      let isDone = try? await app.store.transaction { transaction in
        let now = try transaction.now
        try transaction.postpone(leases.map { ($0, now) })
        return true
      }
      if isDone == true || isLastTry { return }
      try? await pause.wait(until: stop, app.runner.pacing)
    }
  }

  private func isEmpty() async throws -> Bool {
    let counts = try await app.store.read { try $0.queueCounts() }
    return counts.waiting == 0 && counts.leased == 0
  }
}

private final class Counter: Sendable {
  let value = Atomic(0)

  func add(_ number: Int) { value.wrappingAdd(number, ordering: .relaxed) }
}

extension Backoff {
  /// The waits while a store or a bank is away.
  static var whileAway: Backoff { Backoff(from: .milliseconds(400), upTo: .seconds(10)) }

  /// Waits for the next backoff interval, or until a stop is requested.
  ///
  /// - Throws: `CancellationError`.
  fileprivate mutating func wait(until stop: StopFlag, _ pacing: Pacing) async throws {
    let end = pacing.now() + next(pacing)
    while pacing.now() < end, !stop.isSet { try await pacing.sleep(.milliseconds(100)) }
  }
}

/// A flag that is set once to request a stop.
private final class StopFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}

/// How a worker takes work.
package struct WorkSettings: Sendable {
  /// The number of batches processed at once.
  package var jobs: Int
  /// The number of claims that a job leases at once.
  package var batch: BatchSize
  /// How long a batch stays leased without a sign of life.
  package var lease: Duration
  /// The number of times a claim may be taken up by workers that die while processing it.
  package var attempts: Int
  /// Whether to end when no claim is waiting and none is leased.
  package var stopsWhenEmpty: Bool

  package init(
    jobs: Int = 2, batch: BatchSize = .adaptive, lease: Duration = .seconds(30), attempts: Int = 5,
    stopsWhenEmpty: Bool = false
  ) {
    self.jobs = jobs
    self.batch = batch
    self.lease = lease
    self.attempts = attempts
    self.stopsWhenEmpty = stopsWhenEmpty
  }
}
