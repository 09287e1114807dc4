/// The same service sent twice is paid once: OA-18. `ServiceSignature` defines what counts as the same, after the
/// Medicare Claims Processing Manual, chapter 1, section 120 (detection of duplicate claims).
///
/// For other claims, the caller passes the lines that were already decided and not denied. Within one claim, a line
/// that repeats an earlier line is also a duplicate, with two exceptions, because a real second service is paid:
/// - The line has a modifier that marks a second service (`repeatModifiers`).
/// - The line names only a revenue code, which identifies a department and not a service.
struct ExactDuplicate: DenialRule {
  private let decidedElsewhere: Set<Int>
  private let repeated: Set<Int>

  /// 76, 77 repeat procedure (same physician, other physician); 91 repeat laboratory test; 59 distinct procedural
  /// service and its more specific forms XE, XS, XP, XU (same manual, chapter 23, section 20.9.1.1; chapter 16, section
  /// 100.5.1 for 91).
  static let repeatModifiers: Set<String> = ["76", "77", "91", "59", "XE", "XS", "XP", "XU"]

  init(in claim: SubmittedClaim, decidedElsewhere: Set<Int>) {
    self.decidedElsewhere = decidedElsewhere
    repeated = Self.repeats(in: claim)
  }

  func denial(of line: CoveredLine) -> Denial? {
    let number = line.line.number
    if decidedElsewhere.contains(number) {
      return Denial(by: .duplicateOtherClaim, RuleInput("code", line.line.code))
    }
    if repeated.contains(number) {
      return Denial(by: .duplicateSameClaim, RuleInput("code", line.line.code))
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

/// Care that resembles care allowed on another claim, with some difference: either one service billed twice, or two
/// services. The rules cannot tell, so the claim waits for a person when the plan requires it (`Resemblance`).
///
/// Lines that match in every part belong to `ExactDuplicate` and are denied earlier. The following do not wait:
/// - A line that requests no payment, which cannot be paid twice.
/// - Anesthesia that the plan prices, because `AnesthesiaPrice` checks the day.
/// - A claim that a person has let proceed, beside the claims that the person compared it with.
struct NearDuplicate {
  private let resemblances: [Int: [Resemblance]]

  /// - Parameter resemblances: For each line number, what the line resembles.
  init(in claim: SubmittedClaim, resemblances: [Int: [Resemblance]]) {
    self.resemblances = resemblances.compactMapValues { found in
      let close = found.filter(\.mustWait)
      let left = claim.uncompared(Set(close.map(\.claimID)), for: .nearDuplicate)
      return left.isEmpty ? nil : close.filter { left.contains($0.claimID) }
    }
  }

  /// - Throws: `AdjudicationFailure.suspended` when a person has to review the claim, with the claims to compare it
  ///   with.
  func check(_ lines: [LineProgress<CoveredLine>]) throws(AdjudicationFailure) {
    guard !resemblances.isEmpty else { return }
    let found = lines.open().filter(isAsked).flatMap { resemblances[$0.line.number] ?? [] }
    guard found.isEmpty else { throw .suspended(Suspense(.nearDuplicate, resembling: found)) }
  }

  private func isAsked(_ line: CoveredLine) -> Bool {
    line.terms.plan.nearDuplicates == .suspend && line.line.charge > .zero
      && !line.terms.plan.sharesAnesthesia(of: line.line)
  }
}

/// How care that may be the same is found: member, day, and procedure code; for an inpatient bill, that it is a stay.
/// Provider, modifiers, units, charge, and place are left out, because they often differ when a claim is keyed or billed
/// again.
///
/// A match decides nothing. What it finds is compared in full (`Resemblance`).
package struct NearSignature: Hashable, Sendable {
  package let member: MemberID
  package let day: CalendarDate
  package let procedure: String

  /// Returns nil for a line that names only a revenue code, which identifies a department and not a service, unless the
  /// line is part of a stay.
  ///
  /// - Parameters:
  ///   - day: One of the line's days.
  ///   - member: The member, as for `ServiceSignature`.
  package init?(of line: ServiceLine, on day: CalendarDate, in claim: SubmittedClaim, member: MemberID) {
    guard let procedure = line.procedure?.code ?? (claim.isInpatient ? "stay" : nil) else { return nil }
    self.member = member
    self.day = day
    self.procedure = procedure
  }

  /// The signature as text to be hashed. It never equals the text of a `ServiceSignature`. It contains the member's
  /// number: store and log only the hash, never this text.
  package var text: String {
    ServiceSignature.text(of: ["near-signature/1", member.text, day.description, procedure])
  }
}
