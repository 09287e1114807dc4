import Metrics

/// Reports how long transactions and reads of a store take, with the wait for a connection and for locks.
struct StoreTimings: Sendable {
  private let transactions = Timer(label: "store_seconds", dimensions: [("kind", "transaction")])
  private let reads = Timer(label: "store_seconds", dimensions: [("kind", "read")])
  private let failures = Counter(label: "store_failures_total")

  func measure<Value>(writing: Bool, _ work: () async throws -> Value) async throws -> Value {
    let began = ContinuousClock.now
    defer { (writing ? transactions : reads).record(duration: ContinuousClock.now - began) }
    do {
      return try await work()
    } catch {
      failures.increment()
      throw error
    }
  }
}
