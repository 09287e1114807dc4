import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import Logging
import TestSupport
import Webhooks

/// A store with claims, and senders of its events that hardly wait between attempts.
struct WebhookWorld: Sendable {
  let claims: ClaimsWorld
  let store: ClaimStore

  static var someone: SignOff {
    get throws { try SignOff(by: "operator", reason: "the clinic asked for it") }
  }

  init(on kind: StoreKind, refusing payees: Set<String> = []) async throws {
    claims = try ClaimsWorld(on: kind, refusing: payees)
    store = try await claims.openStore()
  }

  var desk: WebhookDesk { WebhookDesk(store) }

  /// Processes claims of different members, `A-1` and so on.
  func process(_ numbers: ClosedRange<Int>) async throws {
    _ = try await claims.process(numbers.map { SampleClaim.make("A-\($0)", member: "W-\($0)") }, on: store)
  }

  /// Sends events while the work runs, in as many senders as there are names, each with a store of its own.
  func sending<Value: Sendable>(
    as names: String..., attempts: Int = 50, timeout: Duration = .seconds(10),
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    var settings = WebhookSettings(timeout: timeout)
    settings.retry = RetryPolicy(
      initialInterval: .microseconds(1), maximumInterval: .microseconds(5), maximumAttempts: attempts)
    settings.interval = .milliseconds(20)
    var logger = Logger(label: "webhooks")
    logger.logLevel = .critical
    return try await withThrowingTaskGroup(of: Value?.self) { [settings, logger] group in
      for name in names.isEmpty ? ["sender"] : names {
        let sender = WebhookSender(
          try await claims.openStore(), worker: WorkerID(name), settings: settings, logger: logger)
        group.addTask {
          try await sender.run()
          return nil
        }
      }
      group.addTask { try await work() }
      defer { group.cancelAll() }
      while let ended = try await group.next() { if let value = ended { return value } }
      throw CancellationError()
    }
  }

  func deliveries(in state: WebhookDelivery.State? = nil) async throws -> [WebhookDelivery] {
    try await store.read { try $0.deliveries(to: nil, in: state, before: nil, limit: 1_000) }
  }

  /// Returns once there are that many deliveries in a state. The manual clock moves, so that waits between attempts end.
  func deliveries(in state: WebhookDelivery.State, atLeast count: Int) async throws -> [WebhookDelivery] {
    while true {
      let found = try await deliveries(in: state)
      if found.count >= count { return found }
      claims.clock.advance(by: .milliseconds(1))
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
