import CLibpq
import Dispatch

/// Asks the server, over a connection of its own, to stop what one connection is running.
///
/// `@unchecked Sendable`: libpq allows `PQcancel` from any thread; the handle is set once and freed in `deinit`.
final class PostgresCancellation: @unchecked Sendable {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    PQfreeCancel(handle)
  }

  func request() {
    // It connects and waits, so not on the caller's thread. Where it fails, the statement's own time-out ends it.
    DispatchQueue.global().async { [self] in
      var message = [CChar](repeating: 0, count: 256)
      _ = PQcancel(handle, &message, Int32(message.count))
    }
  }
}
