/// The same service sent twice is paid once: OA-18. What is the same is `ServiceSignature`'s to say, after the Medicare
/// Claims Processing Manual, chapter 1, section 120 (detection of duplicate claims).
///
/// Against other claims, the caller says which lines were decided, and not denied, before. Within one claim a line that
/// repeats an earlier one is a duplicate too, with two exceptions, since a real second service is paid:
/// - a modifier says that it is a second service (`repeatModifiers`);
/// - the line names a revenue code alone, which is a department's and not a service's.
struct ExactDuplicate: DenialRule {
  private let decidedElsewhere: Set<Int>
  private let repeated: Set<Int>

  /// 76, 77 repeat procedure (same, other physician), 91 repeat laboratory test, 59 distinct procedural service and its
  /// finer forms XE, XS, XP, XU (same manual, chapter 23, section 20.9.1.1; chapter 16, section 100.5.1 for 91).
  static let repeatModifiers: Set<String> = ["76", "77", "91", "59", "XE", "XS", "XP", "XU"]

  init(in claim: SubmittedClaim, decidedElsewhere: Set<Int>) {
    self.decidedElsewhere = decidedElsewhere
    repeated = Self.repeats(in: claim)
  }

  func denial(of line: CoveredLine) -> Denial? {
    let number = line.line.number
    if decidedElsewhere.contains(number) {
      return Denial(.other, "18", by: .duplicateOtherClaim, RuleInput("code", line.line.code))
    }
    if repeated.contains(number) {
      return Denial(.other, "18", by: .duplicateSameClaim, RuleInput("code", line.line.code))
    }
    return nil
  }

  private static func repeats(in claim: SubmittedClaim) -> Set<Int> {
    guard claim.lines.count > 1 else { return [] }
    var seen: Set<ServiceSignature> = []
    var repeats: Set<Int> = []
    for line in claim.lines {
      guard let procedure = line.procedure,
        let signature = ServiceSignature(of: line, in: claim, member: claim.memberID)
      else { continue }
      let isNew = seen.insert(signature).inserted
      if !isNew, repeatModifiers.isDisjoint(with: procedure.modifiers) { repeats.insert(line.number) }
    }
    return repeats
  }
}

/// Care of the same day and code that another claim was allowed for, and that differs from it in something: one service
/// billed twice, or two services. The rules cannot tell, so the claim waits for a person where the plan asks for it.
///
/// What is the same in every part is `ExactDuplicate`'s, and denied before. Not waited for is
/// - a line whose modifier says that it is a second service (`ExactDuplicate.repeatModifiers`);
/// - a line that asks for no money, which cannot be paid twice;
/// - anesthesia that the plan prices, where `AnesthesiaPrice` looks at the day;
/// - a claim that a person has let go on.
struct NearDuplicate {
  private let allowedElsewhere: [Int: Set<ClaimIntakeID>]

  /// - Parameter allowedElsewhere: By number of line, the claims that allowed it by `NearSignature` alone.
  init(in claim: SubmittedClaim, allowedElsewhere: [Int: Set<ClaimIntakeID>]) {
    self.allowedElsewhere = claim.waives(.wait(.nearDuplicate)) ? [:] : allowedElsewhere
  }

  /// - Throws: `AdjudicationFailure.suspended` where a person has to look, with the claims to compare it with.
  func check(_ lines: [Passage<CoveredLine>]) throws(AdjudicationFailure) {
    guard !allowedElsewhere.isEmpty else { return }
    let others = lines.open().filter(mustWait).compactMap { allowedElsewhere[$0.line.number] }
    guard others.isEmpty else {
      throw .suspended(Suspense(.nearDuplicate, beside: Set(others.joined()).sorted()))
    }
  }

  private func mustWait(_ line: CoveredLine) -> Bool {
    line.terms.plan.nearDuplicates == .suspend && allowedElsewhere[line.line.number] != nil
      && line.line.charge > .zero && !line.terms.plan.sharesAnesthesia(of: line.line)
      && ExactDuplicate.repeatModifiers.isDisjoint(with: line.line.procedure?.modifiers ?? [])
  }
}

/// What makes two lines look like the same care: member, day and procedure code; of an inpatient bill that it is a stay.
/// Provider, modifiers, units, charge and place are left out, since a claim that is keyed or billed anew often differs in
/// them.
///
/// It is never enough to deny by; what it finds a person looks at (`NearDuplicate`).
package struct NearSignature: Hashable, Sendable {
  package let member: MemberID
  package let day: CalendarDate
  package let procedure: String

  /// Nil for a line that names a revenue code alone, which is a department's and not a service's, unless it is part of a
  /// stay.
  ///
  /// - Parameters:
  ///   - day: one of the line's.
  ///   - member: as for `ServiceSignature`.
  package init?(of line: ServiceLine, on day: CalendarDate, in claim: SubmittedClaim, member: MemberID) {
    guard let procedure = line.procedure?.code ?? (claim.isInpatient ? "stay" : nil) else { return nil }
    self.member = member
    self.day = day
    self.procedure = procedure
  }

  /// The signature as bytes to be hashed; no text of it is one of a `ServiceSignature`. It holds the member's number:
  /// store and log the hash, never this.
  package var text: String {
    ServiceSignature.text(of: ["near-signature/1", member.text, day.description, procedure])
  }
}
