import ClaimsDomain
import DurableExecution

/// A line's signatures as the database has them: SHA-256 in hex, since their texts name the member. Empty where there is
/// none.
package struct SignatureDigests: Hashable, Sendable {
  /// Of its `ServiceSignature`.
  package let exact: String
  /// Of its `NearSignature`, where the plan asks for near duplicates; of its `AnesthesiaShare`, where the plan prices it.
  package let near: String
  /// Of its `CareDay`; only where the plan edits codes by the day.
  package let careDay: String
  /// The near signatures of other lines that bear on it.
  let excluded: [String]

  package static let none = SignatureDigests(exact: "", near: "", careDay: "")

  /// What a plan has lines found by, beside the exact signature.
  struct Sought: OptionSet {
    let rawValue: Int

    static let near = Sought(rawValue: 1)
    static let careDay = Sought(rawValue: 2)
    static let anesthesia = Sought(rawValue: 4)

    /// Whatever plan there may be.
    static let possible = (0..<8).map(Sought.init)

    init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// - Parameter plan: nil where none is in force.
    init(by plan: BenefitPlan?) {
      self = []
      if plan?.nearDuplicates != nil { insert(.near) }
      if plan?.editsCareDays == true { insert(.careDay) }
      if plan?.pricesAnesthesia == true { insert(.anesthesia) }
    }
  }

  private init(exact: String, near: String, careDay: String) {
    (self.exact, self.near, self.careDay, excluded) = (exact, near, careDay, [])
  }

  init(of line: ServiceLine, in claim: SubmittedClaim, member: MemberID, seeking sought: Sought) {
    exact = Self.digest(ServiceSignature(of: line, in: claim, member: member)?.text)
    careDay = sought.contains(.careDay) ? Self.digest(CareDay(of: line, in: claim, member: member)?.text) : ""
    if sought.contains(.anesthesia), let share = AnesthesiaShare(of: line, in: claim, member: member) {
      near = Self.digest(share.text)
      excluded = share.excluded.map { Self.digest($0.text) }
    } else {
      near = sought.contains(.near) ? Self.digest(NearSignature(of: line, in: claim, member: member)?.text) : ""
      excluded = near.isEmpty ? [] : [near]
    }
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
