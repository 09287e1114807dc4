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
