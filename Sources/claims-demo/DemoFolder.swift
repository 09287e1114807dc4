import ClaimsApp
import ClaimsDomain
import Fixtures
import Foundation

/// A folder for one demonstration, with the sample claims in it; gone when it is over.
final class DemoFolder: Sendable {
  let path: String
  let claims: String

  /// - Throws: `SetupError.unavailable` when it cannot be made.
  init() throws(SetupError) {
    path = "\(NSTemporaryDirectory())/claims-demo-\(UUID().uuidString.prefix(8))"
    claims = "\(path)/demo.837"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(SampleFiles.claims).write(to: URL(fileURLWithPath: claims))
    } catch {
      throw .unavailable("\(path): a folder for the demonstration cannot be made; set TMPDIR to one you may write")
    }
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The day makes the timely filing of the sample claims what it was when they were written.
  static var received: CalendarDate? { CalendarDate(year: 2026, month: 4, day: 1) }

  /// Runs the sample claims with `claims` itself.
  func process(store: String, gateway: String?, lease: Duration) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      .claims,
      [
        "process", claims, "--store", "sqlite:\(store)", "--received", Self.received?.description ?? "", "--output",
        "json", "--progress", "never", "--lease-milliseconds", "\(Int64(lease / .milliseconds(1)))",
      ] + (gateway.map { ["--gateway", $0] } ?? []))
  }

  /// Runs the sample claims with sabotage.
  func trial(
    store: String, gateway: String?, lease: Duration, _ sabotage: [String]
  ) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      .demo,
      ["trial", claims, "--store", store, "--lease", "\(Int64(lease / .milliseconds(1)))"] + sabotage
        + (gateway.map { ["--gateway", $0] } ?? []))
  }

  // What cannot be removed is left to the system's own cleaning.
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
