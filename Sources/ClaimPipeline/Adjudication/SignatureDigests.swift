import ClaimsDomain
import DurableExecution

/// A line's signatures as the database has them: SHA-256 in hex, since their texts name the member. Empty where there is
/// none.
package struct SignatureDigests: Hashable, Sendable {
  /// Of its `ServiceSignature`.
  package let exact: String
  /// Of its `NearSignature`; only where the plan asks for near duplicates.
  package let near: String

  package static let none = SignatureDigests(exact: "", near: "")

  private init(exact: String, near: String) {
    self.exact = exact
    self.near = near
  }

  init(of line: ServiceLine, in claim: SubmittedClaim, member: MemberID, findsNear: Bool) {
    exact = ServiceSignature(of: line, in: claim, member: member).map { ContentDigest.sha256($0.text.utf8) } ?? ""
    let loose = findsNear ? NearSignature(of: line, in: claim, member: member) : nil
    near = loose.map { ContentDigest.sha256($0.text.utf8) } ?? ""
  }
}

extension Ruleset {
  /// Whether the plan in force on a line's first day asks for near duplicates.
  func findsNearDuplicates(of line: ServiceLine, in claim: SubmittedClaim, among spans: [Coverage]) -> Bool {
    guard let day = claim.serviceDates(of: line)?.first,
      case .active(let coverage) = CoverageStanding(on: day, among: spans)
    else { return false }
    return plans[coverage.planID]?.nearDuplicates != nil
  }
}
