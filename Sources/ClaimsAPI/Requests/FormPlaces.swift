import ClaimFormats
import Synchronization

/// Lets each caller have one file of paper forms read at a time. Reading one may take a processor for minutes, also once its
/// sender is gone, and the forms of others are not to wait for it.
package final class FormPlaces: Sendable {
  private let busy = Mutex<Set<String>>([])

  /// - Throws: `APIProblem.unavailable` if the bytes are paper forms, and others of the caller are being read; any error
  ///   from `work`.
  package func take<Value>(
    _ bytes: [UInt8], of caller: Caller, _ work: () async throws -> Value
  ) async throws -> Value {
    let format = try? ClaimFileFormat.detect(bytes.prefix(ClaimFileFormat.reach))
    guard format == .form else { return try await work() }
    guard busy.withLock({ $0.insert(caller.name).inserted }) else {
      throw APIProblem.unavailable("other paper forms of yours are being read")
    }
    defer { _ = busy.withLock { $0.remove(caller.name) } }
    return try await work()
  }
}
