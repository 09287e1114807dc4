package import ClaimStore
import ClaimsDomain
package import DurableExecution
package import Logging
import ServiceLifecycle
import Synchronization

/// Sends events to receivers until it is asked to stop. Any number of senders share the deliveries of a store by leases: a
/// message is sent twice only if a sender died before it could record the answer, and then under the same ID.
///
/// Each receiver has a line of its own, so one that is slow or gone holds up no other, and no claim.
package struct WebhookSender: Service {
  private let store: ClaimStore
  private let worker: WorkerID
  private let settings: WebhookSettings
  private let pacing: Pacing
  private let logger: Logger
  private let client: WebhookClient

  package init(
    _ store: ClaimStore, worker: WorkerID, settings: WebhookSettings = WebhookSettings(), pacing: Pacing = .system,
    logger: Logger
  ) {
    (self.store, self.worker, self.settings) = (store, worker, settings)
    (self.pacing, self.logger) = (pacing, logger)
    client = WebhookClient(timeout: settings.timeout)
  }

  /// Returns when the messages under way are answered, after a request to stop.
  package func run() async throws {
    let lines = Lines()
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        while !lines.isStopped, !Task.isCancelled {
          for receiver in await due() where lines.begin(receiver.id) {
            group.addTask {
              await serve(receiver, until: lines)
              lines.end(receiver.id)
            }
          }
          await tidy(lines)
          await lines.wait(for: settings.interval, pacing)
        }
      }
    } onGracefulShutdown: {
      lines.stop()
    }
  }

  private func due() async -> [WebhookReceiver] {
    await heeding { try await store.read { try $0.dueReceivers() } } ?? []
  }

  /// Sends what is due to one receiver, a few messages at a time.
  private func serve(_ receiver: WebhookReceiver, until lines: Lines) async {
    while !lines.isStopped, !Task.isCancelled {
      let isDone = await heeding {
        let (worker, settings) = (worker, settings)
        let leased = try await store.transaction { transaction in
          try transaction.lease(
            to: receiver.id, upTo: settings.parallel, by: worker, until: transaction.now.adding(settings.lease))
        }
        guard !leased.deliveries.isEmpty else { return true }
        let results = await send(leased, to: receiver)
        try await store.transaction { try $0.record(results) }
        return false
      }
      guard isDone == false else { return }
    }
  }

  private func send(
    _ leased: LeasedDeliveries, to receiver: WebhookReceiver
  ) async -> [(lease: DeliveryLease, result: DeliveryResult)] {
    let secrets = leased.secrets.map { WebhookSecret(bytes: $0) }
    return await withTaskGroup(of: (lease: DeliveryLease, result: DeliveryResult).self) { group in
      for delivery in leased.deliveries {
        group.addTask {
          let answer = await client.send(delivery, to: receiver.url, signedWith: secrets, at: leased.at)
          return (delivery.lease, result(of: answer, delivery, receiver))
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func result(
    of answer: WebhookClient.Answer, _ delivery: LeasedDelivery, _ receiver: WebhookReceiver
  ) -> DeliveryResult {
    switch answer {
    case .taken(let status): return .made("HTTP \(status)")
    case .gone: return given(up: delivery, receiver, "HTTP 410: the receiver takes no more messages")
    case .failed(let words):
      var chance = pacing.chance
      guard let delay = settings.retry.delay(afterAttempt: delivery.attempts, elapsed: .zero, using: &chance) else {
        return given(up: delivery, receiver, words)
      }
      return .failed(words, retryAfter: delay)
    }
  }

  private func given(up delivery: LeasedDelivery, _ receiver: WebhookReceiver, _ words: String) -> DeliveryResult {
    logger.error(
      "webhook delivery \(delivery.lease.number) is dead after \(delivery.attempts) attempts: \(words)",
      metadata: ["receiver": "\(receiver.id)", "at": "\(WebhookURL.place(of: receiver.url))"])
    return .dead(words)
  }

  /// Deletes old deliveries, now and then.
  private func tidy(_ lines: Lines) async {
    guard lines.isTimeToTidy(pacing.now(), every: .seconds(3_600)) else { return }
    let kept = settings.kept
    _ = await heeding {
      while try await store.transaction({
        try $0.tidyDeliveries(madeBefore: $0.now.adding(.zero - kept), limit: 1_000)
      }) == 1_000 {}
    }
  }

  /// - Returns: nil if the store is not as it should be. What is to be sent stays where it is, and is looked for again.
  private func heeding<Value>(_ work: () async throws -> Value) async -> Value? {
    do {
      return try await work()
    } catch let failure as StoreFailure {
      logger.warning("\(failure); webhooks are looked for again")
    } catch is CancellationError {
    } catch {
      // Only the type: the text of an unexpected error may hold anything.
      logger.error("webhooks were not sent: unexpected error", metadata: ["type": "\(type(of: error))"])
    }
    return nil
  }
}

/// How messages are sent.
package struct WebhookSettings: Sendable {
  /// The waits after attempts that failed. The last of them decides when a delivery is dead: after some hours.
  package var retry = RetryPolicy(
    initialInterval: .seconds(5), maximumInterval: .seconds(3_600), maximumAttempts: 20, budget: .seconds(86_400))
  /// The time limit for one message, up to the head of the answer.
  package var timeout: Duration
  /// How long deliveries are a sender's without a word from it. No message takes that long.
  package var lease: Duration { timeout * 3 + .seconds(1) }
  /// The number of messages under way to one receiver.
  package var parallel = 8
  /// How long after an event, at most, it is noticed.
  package var interval = Duration.seconds(1)
  /// How long deliveries that were made are kept, and can be made again.
  package var kept = Duration.seconds(30 * 86_400)

  package init(timeout: Duration = .seconds(10)) {
    self.timeout = timeout
  }
}

/// The receivers that are being served, and the request to stop.
private final class Lines: Sendable {
  private struct State {
    var open: Set<WebhookReceiverID> = []
    var isStopped = false
    var tidied: ContinuousClock.Instant?
  }

  private let state = Mutex(State())

  var isStopped: Bool { state.withLock(\.isStopped) }

  /// - Returns: false if the receiver is being served already.
  func begin(_ id: WebhookReceiverID) -> Bool { state.withLock { $0.open.insert(id).inserted } }

  func end(_ id: WebhookReceiverID) { state.withLock { _ = $0.open.remove(id) } }

  func stop() { state.withLock { $0.isStopped = true } }

  func isTimeToTidy(_ now: ContinuousClock.Instant, every interval: Duration) -> Bool {
    state.withLock { state in
      if let last = state.tidied, now - last < interval { return false }
      state.tidied = now
      return true
    }
  }

  /// Waits, or returns earlier after a request to stop.
  func wait(for duration: Duration, _ pacing: Pacing) async {
    let end = pacing.now() + duration
    while pacing.now() < end, !isStopped, (try? await pacing.sleep(min(duration, .milliseconds(100)))) != nil {}
  }
}
