import ClaimPipeline
package import ClaimStore
import ClaimsDomain
import DurableExecution
import Foundation
package import Logging
import ServiceLifecycle
import Synchronization

/// Works on the queue until it is told to stop: several jobs, each of which leases a batch, takes its claims through the
/// chain, and takes them out of the queue. Any number of these may run, on any machines; one that dies is missed by
/// nobody, since its leases end.
package struct QueueWorker<Store: ClaimStore>: Service {
  private let app: ClaimsApp<Store>
  private let settings: WorkSettings
  private let logger: Logger
  private let emit: @Sendable ([ClaimResult]) async throws -> Void
  /// Those that were told of.
  private let lateActs = Counter()

  /// - Parameter emit: given the results of claims that are at their end.
  package init(
    _ app: ClaimsApp<Store>, settings: WorkSettings, logger: Logger,
    emit: @escaping @Sendable ([ClaimResult]) async throws -> Void
  ) {
    self.app = app
    self.settings = settings
    self.logger = logger
    self.emit = emit
  }

  /// Returns when it was asked to stop and every batch that was begun is finished, or when the queue is empty where that
  /// is the end.
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

  /// One job. A store or a bank that is away is waited for.
  private func work(until stop: StopFlag) async throws {
    var pause = Backoff()
    while !stop.isSet, !Task.isCancelled {
      do {
        let claims = try await lease()
        if claims.isEmpty {
          if settings.stopsWhenEmpty, try await isEmpty() { return }
          await app.store.awaitWork(upTo: .seconds(1))
        } else if try await process(claims, until: stop) {
          tellOfLateActs()
          try await pause.wait(until: stop)
        } else {
          tellOfLateActs()
          pause = Backoff()
        }
      } catch let failure as StoreFailure {
        logger.warning("\(failure)")
        try await pause.wait(until: stop)
      }
    }
  }

  /// What the other system or the store refused, since somebody else has taken the claims over: nothing is lost by it, but
  /// whoever runs workers wants to know how often it happens.
  private func tellOfLateActs() {
    let now = app.runner.counts.fenced
    let before = lateActs.value.exchange(now, ordering: .relaxed)
    guard now > before else { return }
    logger.notice("\(now - before) late acts of ours were refused: other workers have taken the claims over")
  }

  /// - Returns: whether something was away that all claims need, so that it is better to wait before the next batch.
  private func process(_ claims: [LeasedClaim], until stop: StopFlag) async throws -> Bool {
    let heartbeat = Task { await keep(claims.map(\.lease)) }
    defer { heartbeat.cancel() }
    do {
      return try await QueueBatch(app, claims, logger).run(emit)
    } catch let failure as StoreFailure {
      logger.warning("\(failure)")
      await giveBack(claims.map(\.lease), until: stop)
      return true
    }
  }

  private func lease() async throws -> [LeasedClaim] {
    let (worker, settings) = (app.runner.worker, settings)
    let (leased, exhausted) = try await app.store.transaction { transaction in
      let leased = try transaction.lease(
        upTo: settings.batch, by: worker, until: transaction.now.adding(settings.lease))
      let exhausted = leased.filter { $0.attempts > settings.attempts }
      try transaction.setAside(
        exhausted.map { ($0.lease, "\(settings.attempts) workers died at it, or were killed") })
      return (leased.filter { $0.attempts <= settings.attempts }, exhausted)
    }
    for claim in exhausted {
      logger.error("set aside: too many workers died at it", metadata: ["key": "\(claim.lease.key.digest.prefix(16))"])
    }
    return leased
  }

  /// Renews every third of a lease, until cancelled.
  private func keep(_ leases: [QueueLease]) async {
    let length = settings.lease
    while !Task.isCancelled {
      guard (try? await Task.sleep(for: length / 3)) != nil else { return }
      // A store that cannot be asked renews nothing; the leases then end, and others may take the claims up.
      _ = try? await app.store.transaction { try $0.renew(leases, until: $0.now.adding(length)) }
    }
  }

  /// The store was away, and the claims could do nothing about it: as soon as it is back they go back into the queue, and
  /// it does not count against them. What is finished, or another's by then, is left alone. Once we are asked to stop this
  /// is tried once: the leases end by themselves.
  private func giveBack(_ leases: [QueueLease], until stop: StopFlag) async {
    var pause = Backoff()
    while !Task.isCancelled {
      let isLastTry = stop.isSet
      let isDone = try? await app.store.transaction { transaction in
        try transaction.postpone(leases.map { ($0, transaction.now) })
        return true
      }
      if isDone == true || isLastTry { return }
      try? await pause.wait(until: stop)
    }
  }

  private func isEmpty() async throws -> Bool {
    let counts = try await app.store.read { try $0.queueCounts() }
    return counts.waiting == 0 && counts.leased == 0
  }
}

private final class Counter: Sendable {
  let value = Atomic(0)
}

extension Backoff {
  /// Returns early where somebody wants an end.
  ///
  /// - Throws: `CancellationError`.
  fileprivate mutating func wait(until stop: StopFlag) async throws {
    let end = ContinuousClock.now + next()
    while ContinuousClock.now < end, !stop.isSet { try await Task.sleep(for: .milliseconds(100)) }
  }
}

/// Set once, by whoever wants an end.
private final class StopFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}

/// How a worker takes work.
package struct WorkSettings: Sendable {
  /// Batches worked on at once.
  package var jobs: Int
  /// Claims leased at once by a job.
  package var batch: Int
  /// How long a batch is ours without a sign of life.
  package var lease: Duration
  /// How often a claim may be taken up by workers that die at it.
  package var attempts: Int
  /// End when nothing waits and nobody is at work.
  package var stopsWhenEmpty: Bool

  package init(
    jobs: Int = 2, batch: Int = 100, lease: Duration = .seconds(30), attempts: Int = 5,
    stopsWhenEmpty: Bool = false
  ) {
    self.jobs = jobs
    self.batch = batch
    self.lease = lease
    self.attempts = attempts
    self.stopsWhenEmpty = stopsWhenEmpty
  }
}

/// Longer and longer waits, each somewhere between half and all of the time, so that those who wait do not come back as
/// one.
struct Backoff {
  private var upper = Duration.milliseconds(200)

  /// How long to wait now.
  mutating func next() -> Duration {
    defer { upper = min(upper * 2, .seconds(10)) }
    return upper * Double.random(in: 0.5...1)
  }

  /// - Throws: `CancellationError`.
  mutating func wait() async throws { try await Task.sleep(for: next()) }
}
