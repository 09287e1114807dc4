import Subprocess
package import SystemPackage

/// How far a tool is cut off from the machine, beside the limits on what it uses. None of them needs a right that the
/// service lacks; which of them a machine allows is found out by trying.
package enum Isolation: Hashable, Sendable {
  /// Bubblewrap: no network, no other process, and of the files only the system's programs and the one that is read, all of
  /// them read-only.
  case bubblewrap(FilePath)
  /// `unshare`: no network.
  case noNetwork(FilePath)
  /// Limits only, where a machine allows neither, as many containers do.
  case limitsOnly

  /// One word for a log.
  package var name: String {
    switch self {
    case .bubblewrap: "bubblewrap"
    case .noNetwork: "no-network"
    case .limitsOnly: "limits-only"
    }
  }

  /// Returns the strongest that works here.
  static func strongest(in folders: [FilePath]) async -> Isolation {
    if let path = folders.map({ $0.appending("bwrap") }).first(where: \.isExecutableFile),
      await Isolation.bubblewrap(path).works
    {
      return .bubblewrap(path)
    }
    if let path = folders.map({ $0.appending("unshare") }).first(where: \.isExecutableFile),
      await Isolation.noNetwork(path).works
    {
      return .noNetwork(path)
    }
    return .limitsOnly
  }

  /// The command that runs `command` cut off.
  ///
  /// - Parameters:
  ///   - folder: the folder that the command works in.
  ///   - readable: what else it may read, beside the system's programs and libraries.
  func wrapped(_ command: [String], in folder: FilePath, readable: [FilePath]) -> [String] {
    switch self {
    case .limitsOnly: command
    case .noNetwork(let unshare): [unshare.string, "--map-root-user", "--net", "--"] + command
    case .bubblewrap(let bubblewrap):
      [bubblewrap.string, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL"] + Self.files
        + ([folder] + readable).flatMap { ["--ro-bind", $0.string, $0.string] }
        + ["--chdir", folder.string, "--"] + command
    }
  }

  /// The system's programs and libraries, as Debian lays them out; a folder that a machine does not have is left out.
  private static let files =
    ["/usr", "/lib", "/lib64", "/bin", "/etc/alternatives", "/etc/fonts", "/var/cache/fontconfig"].flatMap {
      ["--ro-bind-try", $0, $0]
    }
    + ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]

  private var works: Bool {
    get async {
      let command = wrapped(["/usr/bin/env", "true"], in: "/usr", readable: [])
      let record = try? await run(
        .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())), environment: .custom([:]),
        input: .none, output: .discarded, error: .discarded)
      return record?.terminationStatus.isSuccess ?? false
    }
  }
}
