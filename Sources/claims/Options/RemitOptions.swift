import ArgumentParser
import ClaimOperations
import ClaimsApp
import Foundation

/// Whether processes that take queued claims to a payment also report them to their providers.
struct RemitOptions: ParsableArguments {
  @Option(
    name: .customLong("remit"),
    help: ArgumentHelp(
      "Report claims to their providers, as `claims remit run` does: X12 835, a file for each remittance. Name the same "
        + "folder for all workers, or name it for one of them.", valueName: "DIR"), completion: .directory)
  var folder: String?

  @Option(
    name: .customLong("remit-every"),
    help: ArgumentHelp(
      "How often to report, counted from midnight UTC. One process reports, however many there are. Without it once a "
        + "day.", valueName: "minutes"))
  private var minutes: Int?

  @Option(name: .customLong("remit-every-seconds"), help: ArgumentHelp("The same in seconds.", visibility: .hidden))
  private var seconds: Int?

  @OptionGroup var payer: PayerOptions

  /// Whether times to report were given.
  var hasSchedule: Bool { minutes != nil || seconds != nil }

  func validate() throws {
    guard minutes.map((1...1_440).contains) ?? true, seconds.map((1...86_400).contains) ?? true else {
      throw ValidationError("--remit-every must be from 1 to 1440 minutes")
    }
    guard !hasSchedule || folder != nil else { throw ValidationError("--remit-every goes with --remit DIR") }
    guard let folder else { return }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    let looksLikeFile = !folder.hasSuffix("/") && !URL(fileURLWithPath: folder).pathExtension.isEmpty
    guard exists ? isFolder.boolValue : !looksLikeFile else {
      throw ValidationError(
        "--remit \(folder): name a folder, since each run would replace one file; for one file run claims remit run "
          + "--out FILE")
    }
  }

  /// - Parameter lease: how long a check run is this process's without a sign of life.
  /// - Returns: nil if nothing is to be reported.
  /// - Throws: `SetupError`.
  func settings(lease: Duration = .seconds(30)) throws(SetupError) -> RemittanceSettings? {
    guard let folder else { return nil }
    return try RemittanceSettings(
      issuer: try payer.source().issuer, folder: folder, interval: .seconds(seconds ?? 60 * (minutes ?? 1_440)),
      lease: lease)
  }
}
