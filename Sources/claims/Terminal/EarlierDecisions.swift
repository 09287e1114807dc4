import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

/// What a run says of its options: which claims were decided before it, so that the options change nothing about them, and
/// which option would let claims be decided that it has denied.
struct EarlierDecisions {
  private let ruleset: RulesetID
  private let received: CalendarDate?
  private let enrolls: Bool
  private var byOtherRules = Claims()
  private var onOtherDays = Claims()
  private var ofUnknownMembers = Claims()
  private var adjusted = Claims()
  /// The number of claims that this run has denied since the patient is not on record.
  private var newlyUnknown = 0

  /// A count of claims, and the first few of their numbers.
  private struct Claims {
    var count = 0
    var first: [String] = []

    mutating func add(_ number: ClaimNumber) {
      count += 1
      if first.count < 3 { first.append(number.text) }
    }

    /// `3 claims (A-1, A-2, A-3)`.
    var text: String {
      "\(count.counted("claim")) (\(first.joined(separator: ", "))\(count > first.count ? ", …" : ""))"
    }
  }

  /// - Parameters:
  ///   - received: the day of receipt that the run was given; nil when none was, or when files state it.
  ///   - enrolls: whether the run enrolls members nobody knows.
  init(ruleset: RulesetID, received: CalendarDate?, enrolls: Bool) {
    (self.ruleset, self.received, self.enrolls) = (ruleset, received, enrolls)
  }

  mutating func note(_ result: ClaimResult) {
    guard case .claim(_, _, .audited(let audited)) = result.kind else { return }
    let row = audited.row
    let isUnknown = Self.isMemberUnknown(audited)
    guard audited.isReplay else {
      if isUnknown { newlyUnknown += 1 }
      return
    }
    if row.status == .replaced {
      adjusted.add(row.claimNumber)
    } else if enrolls, isUnknown {
      ofUnknownMembers.add(row.claimNumber)
    } else if row.ruleset != ruleset, row.status != .suspended {
      // A suspended claim has no decision yet that other rules made.
      byOtherRules.add(row.claimNumber)
    } else if let received = result.receivedOn ?? received, row.receivedOn != received {
      onOtherDays.add(row.claimNumber)
    }
  }

  private static func isMemberUnknown(_ audited: AuditedClaim) -> Bool {
    guard case .decided(let decision) = audited.closed.claim.response.verdict else { return false }
    return decision.lines.contains { line in
      line.adjustments.contains { $0.group == .patientResponsibility && $0.reason == "31" }
    }
  }

  /// A line for each thing to know, with what to do.
  var lines: [String] {
    var lines: [String] = []
    if newlyUnknown > 0 {
      lines.append(
        "the patient is not on record (PR-31): \(newlyUnknown.counted("claim")); put members on record (claims enroll, or a "
          + "member file in --plans), then claims adjust NUMBER --cause coverage --reason … decides one again; with "
          + "--enroll PLAN it enrolls the member, too")
    }
    if ofUnknownMembers.count > 0 {
      lines.append(
        "denied before, as the patient was not on record (PR-31), and not decided anew by --enroll: \(ofUnknownMembers.text); "
          + "claims adjust NUMBER --cause coverage --enroll PLAN --reason … decides one again")
    }
    if byOtherRules.count > 0 {
      lines.append(
        "decided before by other rules than \(ruleset), and left as they are: \(byOtherRules.text); claims adjust NUMBER "
          + "--cause rules --plans DIR --reason … decides one by these")
    }
    if onOtherDays.count > 0 {
      lines.append(
        "in the store before, as received on another day than --received says, and left as they are: \(onOtherDays.text); "
          + "another --store decides them anew")
    }
    if adjusted.count > 0 {
      lines.append(
        "adjusted since they were first decided, which is what is shown here: \(adjusted.text); claims show NUMBER shows "
          + "what they are now")
    }
    return lines
  }
}
