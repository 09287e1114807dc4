package import ClaimsDomain

/// What was found out about one transaction of an 835 file.
package struct RemittanceVerdict: Hashable, Sendable {
  /// Findings told one by one; past it they are only counted.
  package static let limit = 1_000

  /// Of its ST, from 1 through the file.
  package var segment: Int
  /// ST02.
  package var control: String?
  /// TRN02.
  package var trace: String?
  /// BPR02.
  package var payment: Money?
  package var claims = 0
  package private(set) var findings: [RemittanceFinding] = []
  package private(set) var findingsLeftOff = 0

  package var isBalanced: Bool { findings.isEmpty }

  mutating func add(_ finding: RemittanceFinding) {
    if findings.count < Self.limit { findings.append(finding) } else { findingsLeftOff += 1 }
  }
}
