import Foundation

/// Calls `body` with `SIGPIPE` blocked on this thread, and returns whether `body` raised it. Blocked, the signal ends
/// nobody; otherwise it ends a process that does not ignore it.
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
