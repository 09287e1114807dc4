package import ClaimOperations
package import ClaimsDomain
import Fixtures
import Foundation

/// A file to start from, which explains itself. Those of all kinds fit together: the claim is of a member of the plan, and
/// its services have prices.
package enum StartingFile: String, CaseIterable, Sendable {
  case plan, fees, members, services, payer, claim

  /// The content of the file.
  ///
  /// - Parameter day: the day of care. Plan, fees and coverage begin with its year.
  package func text(for day: CalendarDate) -> String {
    String(decoding: template, as: UTF8.self)
      .replacing("{DAY}", with: day.description)
      .replacing("{YEAR}", with: String(day.description.prefix(4)))
  }

  private var template: [UInt8] {
    switch self {
    case .plan: SampleFiles.Start.plan
    case .fees: SampleFiles.Start.fees
    case .members: SampleFiles.Start.members
    case .services: SampleFiles.Start.services
    case .payer: SampleFiles.Start.payer
    case .claim: SampleFiles.Start.claim
    }
  }

  /// Writes the file, and the folders above it where they are not there. An existing file is never overwritten.
  ///
  /// - Throws: `SetupError.usage` when there is a file of that name; `SetupError.badInput` when it cannot be written.
  package func write(to path: String, for day: CalendarDate) throws(SetupError) {
    let place = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text(for: day).utf8).write(to: place, options: .withoutOverwriting)
    } catch {
      guard !FileManager.default.fileExists(atPath: path) else {
        throw .usage("--out \(path): there is a file of this name, and it is left as it is; name another")
      }
      throw .badInput("--out \(path): the file cannot be written; check the folder and your rights")
    }
  }
}
