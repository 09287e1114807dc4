import Foundation

/// Calls `body` and returns whether it raised `SIGPIPE`. The signal is blocked on this thread meanwhile, so it does not end
/// the process.
package func raisesBrokenPipe(_ body: () -> Void) -> Bool {
  var (signals, before, pending) = (sigset_t(), sigset_t(), sigset_t())
  sigemptyset(&signals)
  sigaddset(&signals, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &signals, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  body()
  sigpending(&pending)
  guard sigismember(&pending, SIGPIPE) == 1 else { return false }
  var taken: Int32 = 0
  sigwait(&signals, &taken)
  return true
}
