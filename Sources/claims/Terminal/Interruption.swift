import Dispatch
import Foundation

/// Handles Ctrl-C and SIGTERM: the first signal asks for an orderly end, the second ends the process at once. If an
/// orderly end takes too long because the bank or the store hangs, the process is ended as well. Work under way is on
/// record and is taken up again when its leases end.
final class Interruption {
  /// The time in seconds before the process is ended. Supervisors kill a process that has not ended half a minute after
  /// it was asked to.
  private static let patience = 25

  private let sources: [any DispatchSourceSignal]

  /// - Parameter first: the action for the first signal.
  init(_ first: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        first()
        signal(number, SIG_DFL)
        Thread.detachNewThread {
          Thread.sleep(forTimeInterval: Double(Self.patience))
          // Standard error may hang as well.
          Thread.detachNewThread {
            Terminal.complain("ended with work under way: it is taken up again when its leases end")
          }
          Thread.sleep(forTimeInterval: 0.5)
          // `_exit` is used because `exit` would wait for whatever hangs.
          _exit(ExitStatus.interrupted.rawValue)
        }
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
