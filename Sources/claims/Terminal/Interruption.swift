import Dispatch
import Foundation

/// Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends the process at once.
final class Interruption {
  private let sources: [any DispatchSourceSignal]

  /// - Parameter first: what to do when asked for an end.
  init(_ first: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        first()
        signal(number, SIG_DFL)
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
