import Foundation

/// What this process needs of the system before it does anything.
enum ProcessLimits {
  /// A store, its bank, a few readers of each, what is read and what is written.
  private static let descriptors: rlim_t = 64

  static func prepare() {
    // A reader that is gone is an error of that write: standard output ends the process then, standard error does not.
    signal(SIGPIPE, SIG_IGN)
    occupyStandardStreams()
    raiseDescriptorLimit()
  }

  /// Where a standard stream is closed, the next file that is opened would get its number, and what we say its content.
  private static func occupyStandardStreams() {
    while true {
      let descriptor = open("/dev/null", O_RDWR)
      guard descriptor > STDERR_FILENO else {
        if descriptor < 0 { return }
        continue
      }
      close(descriptor)
      return
    }
  }

  /// With too few descriptors some file could not be opened at some moment, which looks like a fault of the file.
  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_max < descriptors else { return }
    Terminal.complain(
      "this program may open only \(limit.rlim_max) files, and needs \(descriptors); raise the limit (ulimit -n)")
    exit(ExitStatus.unavailable.rawValue)
  }
}
