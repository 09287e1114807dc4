import ClaimsApp
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

  /// What every run of the sample claims is given; the day makes their timely filing what it was when they were written.
  func process(store: String) -> [String] {
    [
      "process", claims, "--store", "sqlite:\(store)", "--received", "2026-04-01", "--output", "json", "--progress",
      "never",
    ]
  }

  // What cannot be removed is left to the system's own cleaning.
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
