import ClaimFormats
import ClaimsApp
import ClaimsDomain

/// Says of claims what they were taken in with all the same: a line each, and after so many of one file only how many.
struct ClaimWarnings {
  private static let linesAFile = 10

  /// Claims with a warning, by file.
  private var counts: [String: Int] = [:]

  /// Nil where there is nothing to say, or enough was said of the file.
  mutating func line(for result: ClaimResult) -> String? {
    guard !result.warnings.isEmpty, case .claim(let claim, let place, _) = result.kind else { return nil }
    counts[result.source, default: 0] += 1
    guard counts[result.source, default: 0] <= Self.linesAFile else { return nil }
    let found = result.warnings.map(\.text).joined(separator: "; ")
    return "\(result.source): \(place): warning: claim \(claim.claimNumber.text.displayed): \(found)"
  }

  /// What the lines left out, a line a file.
  var rest: [String] {
    counts.filter { $0.value > Self.linesAFile }.sorted { $0.key < $1.key }.map { source, count in
      "\(source): warning: \((count - Self.linesAFile).counted("more claim")) with such faults, taken in all the same"
    }
  }
}
