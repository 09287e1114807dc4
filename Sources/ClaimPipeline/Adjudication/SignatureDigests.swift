import ClaimsDomain
import DurableExecution

/// A line's signatures as the database has them: SHA-256 in hex, since their texts name the member. Empty where there is
/// none.
package struct SignatureDigests: Hashable, Sendable {
  /// Of its `ServiceSignature`.
  package let exact: String
  /// Of its `NearSignature`; only where the plan asks for near duplicates.
  package let near: String
  /// Of its `CareDay`; only where the plan edits codes by the day.
  package let careDay: String

  package static let none = SignatureDigests(exact: "", near: "", careDay: "")

  /// What a plan has lines found by, beside the exact signature.
  struct Sought {
    var near: Bool
    var careDay: Bool

    static let everything = Sought(near: true, careDay: true)

    /// - Parameter plan: nil where none is in force.
    init(by plan: BenefitPlan?) {
      self.init(near: plan?.nearDuplicates != nil, careDay: plan?.looksAtCareDays ?? false)
    }

    private init(near: Bool, careDay: Bool) {
      self.near = near
      self.careDay = careDay
    }
  }

  private init(exact: String, near: String, careDay: String) {
    self.exact = exact
    self.near = near
    self.careDay = careDay
  }

  init(of line: ServiceLine, in claim: SubmittedClaim, member: MemberID, seeking sought: Sought) {
    exact = Self.digest(ServiceSignature(of: line, in: claim, member: member)?.text)
    near = sought.near ? Self.digest(NearSignature(of: line, in: claim, member: member)?.text) : ""
    careDay = sought.careDay ? Self.digest(CareDay(of: line, in: claim, member: member)?.text) : ""
  }

  private static func digest(_ text: String?) -> String { text.map { ContentDigest.sha256($0.utf8) } ?? "" }
}

extension Ruleset {
  /// The plan in force on a line's first day; nil where there is none.
  func plan(of line: ServiceLine, in claim: SubmittedClaim, among spans: [Coverage]) -> BenefitPlan? {
    guard let day = claim.serviceDates(of: line)?.first,
      case .active(let coverage) = CoverageStanding(on: day, among: spans)
    else { return nil }
    return plans[coverage.planID]
  }
}
