import Dispatch
import Foundation

/// Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends the process at once. An orderly end that does
/// not come in time, since the bank or the store hangs, is made one at once as well: whatever is under way is on record,
/// and is taken up again when its leases end.
final class Interruption {
  /// What runs a fleet kills what has not ended half a minute after it was asked to.
  private static let patience = 25

  private let sources: [any DispatchSourceSignal]

  /// - Parameter first: what to do when asked for an end.
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
          // Not `exit`, which waits for what hangs.
          _exit(ExitStatus.interrupted.rawValue)
        }
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
