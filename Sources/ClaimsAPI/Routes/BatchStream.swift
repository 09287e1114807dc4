import ClaimFormats
import ClaimStore
import ClaimsApp
import DurableExecution
import ServiceLifecycle

/// A batch's progress as server-sent events (the HTML standard, section 9.2): an event whenever the counts change, and a
/// comment now and then, so that a connection on which nothing happens is known to live.
///
/// The ID of an event is made from the counts themselves, so that any service can go on where another one stopped.
struct BatchStream: Sendable {
  private let batch: WatchedBatch
  private let first: Look
  private let seen: String?
  private let pacing: Pacing

  typealias Look = (batch: BatchRow, progress: BatchProgress)

  /// How long a client waits before it connects again, in milliseconds.
  private static let retry = 2_000
  private static let heartbeat = Duration.seconds(15)
  /// A stream ends after this time, and the client connects again. Otherwise a batch that is never completed would hold a
  /// place for good.
  private static let longest = Duration.seconds(3_600)

  init(_ batch: WatchedBatch, first: Look, seen: String?, pacing: Pacing) {
    (self.batch, self.first, self.seen, self.pacing) = (batch, first, seen, pacing)
  }

  /// Returns when the batch is done, after an hour, when the service is asked to stop, or when the task is canceled.
  ///
  /// - Throws: an error of `write` when the client has gone; `StoreFailure`.
  func send(_ write: (String) async throws -> Void) async throws {
    let end = pacing.now() + Self.longest
    try await write("retry: \(Self.retry)\n\n")
    var (look, sent, heard, cost) = (first, seen, pacing.now(), Duration.zero)
    while true {
      if look.progress.text != sent {
        try await write(Self.event(look))
        (sent, heard) = (look.progress.text, pacing.now())
      } else if pacing.now() - heard >= Self.heartbeat {
        try await write(":\n\n")
        heard = pacing.now()
      }
      guard !look.progress.isDone, pacing.now() < end, try await pause(after: cost) else { return }
      let began = pacing.now()
      look = try await batch.look()
      cost = pacing.now() - began
    }
  }

  /// Waits a second, or for a large batch ten times as long as it takes to count it, but hardly longer than to the next
  /// heartbeat.
  ///
  /// - Returns: false if the service was asked to stop, or the task was canceled.
  private func pause(after cost: Duration) async throws -> Bool {
    do {
      let length = min(max(cost * 10, .seconds(1)), Self.heartbeat)
      try await cancelWhenGracefulShutdown { [pacing] in try await pacing.sleep(length) }
      return true
    } catch is CancellationError {
      return false
    }
  }

  private static func event(_ look: Look) -> String {
    var json = OrderedJSON()
    BatchJSON(look.batch, look.progress).write(to: &json)
    return "event: progress\nid: \(look.progress.text)\ndata: \(String(decoding: json.bytes, as: UTF8.self))\n\n"
  }
}
