import ArgumentParser
import Foundation

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See payment dedup proven, in a folder of its own that is gone afterward.",
    subcommands: [DedupDemo.self, CrashDemo.self, RoadsDemo.self])
}

struct DedupDemo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedup",
    abstract: "The same claims, worked on more than once: first without business keys, then with them.",
    discussion: """
      Four ways in which work is done twice in real life, each through the real pipeline in real processes, against a real \
      bank behind HTTP. Without keys nothing that an earlier run has done is recognized, every order to the bank is a new \
      one, and the database's own constraint is off, as in most retry code; with keys it is this program. All figures are \
      counted from the bank's own database.
      """)

  func run() throws { throw DemoProgram.run(["dedup"]) }
}

struct CrashDemo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crash",
    abstract: "Kill a run with SIGKILL at each of its steps in turn, run it again, and count at the bank.",
    discussion: """
      A step is a call to the store (a transaction's begin and commit, and each statement in between) or to the bank. For \
      each, a fresh run is killed just before it; then the same command is given again, and has to finish the work.
      """)

  @Option(help: "Only every so many steps.")
  var every = 1

  func validate() throws {
    guard every >= 1 else { throw ValidationError("--every must be 1 or more") }
  }

  func run() throws { throw DemoProgram.run(["crash", "--every", "\(every)"]) }
}

struct RoadsDemo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roads",
    abstract: "The same care by every road and with every slip: what becomes of it, counted at the bank.",
    discussion: """
      Each row has a store and a practice bank of its own. Its claims come in as 837, FHIR, a form as PDF, or a scan, through \
      real processes; a form in doubt is corrected and accepted at the intake desk. What is paid is counted from the bank's \
      own books. Exit status 0 only if every row is as it must be, and 1 otherwise.

      Rows with forms need poppler-utils and tesseract-ocr.
      """)

  @Option(help: "Only rows whose name contains this text.")
  var only: String?

  func run() throws { throw DemoProgram.run(["roads"] + (only.map { ["--only", $0] } ?? [])) }
}

/// Starts `claims-demo`, the program that does harm on purpose. None of its code is in this one.
private enum DemoProgram {
  /// Replaces this process with the program, whose output, signals, and exit status become those of the command.
  ///
  /// - Returns: only when the program cannot be started.
  static func run(_ arguments: [String]) -> ExitCode {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = URL(filePath: own ?? CommandLine.arguments[0]).deletingLastPathComponent()
    let program = folder.appending(path: "claims-demo").path
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    signal(SIGPIPE, SIG_DFL)
    execv(program, &words)
    for word in words { free(word) }
    Terminal.complain(
      "\(program) cannot be started: \(String(cString: strerror(errno))); build it with "
        + "`swift build --product claims-demo` and keep it beside this program")
    return ExitCode(ExitStatus.unavailable)
  }
}
