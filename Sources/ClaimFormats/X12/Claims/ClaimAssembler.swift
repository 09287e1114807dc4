internal import ClaimsDomain

/// Assembles the segments of one 837 transaction into claims.
struct ClaimAssembler {
  private var context = ClaimContext()
  private var digest: ClaimDigest
  private var levels = KnownLevels<(context: ClaimContext, digest: ClaimDigest)>()
  private var draft: ClaimDraft?
  /// The first part of a claim whose CLM is missing or damaged.
  private var headless: ClaimProblem?
  /// The claim completed by the last segment.
  private var finished: IntakeItem?
  /// Why no claim of the transaction may be accepted, as found in the first pass.
  private let fault: TransactionFault?
  private let sender: ClaimSender?
  private var walk: GuideWalk?
  private let checks: GuideChecks
  private let isTest: Bool
  /// The problem that had broken the hierarchy before the current claim began.
  private var lossBefore: ClaimProblem?
  /// The deviations that reject no claim; nil when they are of no interest.
  private(set) var deviations: GuideDeviations?

  /// - Parameters:
  ///   - guide: The guide that the transaction is checked against; nil when no table of its guide exists.
  ///   - profile: The sender's profile.
  ///   - deviations: Those of the transactions before this one; nil when they are of no interest.
  init(
    fault: TransactionFault?, sender: ClaimSender?, guide: ImplementationGuide?, profile: PartnerProfile,
    deviations: GuideDeviations?
  ) {
    self.deviations = deviations
    isTest = profile.takesForTest(sender)
    digest = ClaimDigest(ofTest: isTest)
    self.fault = fault
    self.sender = sender
    walk = guide.map { GuideWalk($0) }
    checks = profile.guide
  }

  /// - Returns: Whether the segment completed a claim, which `takeFinished` then returns.
  mutating func take(_ segment: X12Segment) -> Bool {
    walk?.take(segment)
    switch segment.name {
    case "HL":
      let hasFinished = finish(by: segment)
      goToParent(of: segment)
      digest.open(context.open(hl: segment))
      noteFaults(of: segment)
      return hasFinished
    case "CLM":
      let hasFinished = finish(by: segment)
      digest.open(.claim)
      digest.add(segment)
      draft = ClaimDraft(clm: segment)
      lossBefore = context.loss
      if let flaw = segment.flaw { draft?.lose(by: segment.problem(flaw.reason)) }
      noteFaults(of: segment)
      return hasFinished
    case "ST":
      noteFaults(of: segment)
      return false
    case "SE":
      return finish(by: segment)
    default:
      digest.add(segment)
      do throws(ClaimProblem) {
        try place(segment)
      } catch {
        note(error, isLost: segment.flaw != nil || !X12Dictionary.isKnown(segment.name))
      }
      noteFaults(of: segment)
      return false
    }
  }

  /// Gives away the claim completed by the last segment.
  mutating func takeFinished() -> IntakeItem? { finished.take() }

  // MARK: The hierarchy

  /// Returns to the level that an HL names as its parent when that level is no longer open. A parent that does not
  /// exist is left for the context to report.
  private mutating func goToParent(of hl: X12Segment) {
    if let number = context.number { levels.keep((context, digest), as: number) }
    guard let parent = hl.text(2), !context.isOpen(parent, below: hl.code(3)), let level = levels[parent] else {
      return
    }
    let loss = context.loss
    (context, digest) = (level.context, level.digest)
    if let loss { context.lose(by: loss) }
  }

  // MARK: The guide

  /// Completes the current claim, after noting on it the required parts that this segment shows to be missing.
  private mutating func finish(by segment: X12Segment) -> Bool {
    noteFaults(of: segment) { $0.isMissingFromClaim }
    return complete(isEnded: true)
  }

  private mutating func noteFaults(of segment: X12Segment) {
    let endsClaim = segment.name == "HL" || segment.name == "CLM"
    // The elements of a segment that cannot be relied on say nothing.
    noteFaults(of: segment) {
      !(endsClaim && $0.isMissingFromClaim) && (segment.flaw == nil || $0.element == nil)
    }
  }

  private mutating func noteFaults(of segment: X12Segment, where isIt: (GuideFault) -> Bool) {
    // In a broken hierarchy, the guide's place of a segment is not known.
    guard walk?.faults.isEmpty == false, context.loss == nil, let faults = walk?.faults else { return }
    for fault in faults where isIt(fault) {
      guard checks.isError(fault) else {
        deviations?.note(fault, at: segment.number)
        continue
      }
      let problem = fault.problem(at: segment.number)
      if fault.scope == .claim { draft?.note(problem) } else { context.note(problem, of: fault.scope) }
    }
  }

  // MARK: Claims

  /// - Parameter isLost: Whether the segment cannot be read at all.
  private mutating func note(_ problem: ClaimProblem, isLost: Bool) {
    if draft == nil { return context.note(problem) }
    if isLost { draft?.lose(by: problem) } else { draft?.note(problem) }
  }

  private mutating func place(_ segment: X12Segment) throws(ClaimProblem) {
    if let flaw = segment.flaw { throw segment.problem(flaw.reason) }
    if !X12Dictionary.isKnown(segment.name) {
      try takeUnknown(segment)
    } else if draft?.isMisplaced(segment) == true {
      context.lose(by: segment.problem("the segment belongs above a claim: the HL before it is missing"))
    } else if draft != nil {
      try draft?.take(segment)
    } else if Self.isOfClaimsOnly(segment.name) {
      // What follows may be about the other payers and providers of that claim.
      let problem = segment.problem("the claim has no CLM before this: it is missing or damaged")
      if headless == nil { headless = problem }
      context.lose(by: problem)
    } else {
      try context.take(segment)
    }
  }

  /// Whether an 837 has such segments within claims alone.
  private static func isOfClaimsOnly(_ name: X12Code) -> Bool {
    switch name {
    case "HI", "LX", "SV1", "SV2", "SV3", "CL1": true
    default: false
    }
  }

  /// Handles a name that no 837 has, because it is mistyped or damaged. What the segment may have been determines how
  /// far the problem reaches.
  private mutating func takeUnknown(_ segment: X12Segment) throws(ClaimProblem) {
    let problem = segment.problem("no 837 has such a segment")
    if ClaimContext.isLevel(segment.code(3)) {
      // The segment may have been an HL, in which case all that follows is about another person.
      context.lose(by: problem)
    } else if draft != nil || !context.ignoresUnknown() {
      throw problem
    }
  }

  /// Completes the current claim where the transaction breaks off. Returns false when there is none.
  mutating func finish() -> Bool { complete(isEnded: false) }

  /// - Parameter isEnded: Whether another segment has shown that the claim is complete.
  private mutating func complete(isEnded: Bool) -> Bool {
    guard let draft else { return finishHeadless() }
    self.draft = nil
    do throws(ClaimProblem) {
      finished = .claim(try claim(from: draft), at: SourceLocation(.segment, draft.number))
    } catch {
      var rejection = ClaimRejection(
        claimNumber: draft.claimNumber, payerID: context.payer?.id, charge: draft.charge, location: error.location,
        reason: error.reason)
      rejection.partial = draft.partial(
        context.billing?.provider, sender, isWhole: isEnded && context.loss == lossBefore)
      let others = context.problems + [context.unstatedPatient(of: draft.number)].compactMap(\.self)
      rejection.further = (others + draft.problems.all + draft.contradictions).filter { $0 != error }
        .map { ClaimRejection.Further(location: $0.location, reason: $0.reason) }
      finished = .rejected(rejection)
    }
    return true
  }

  /// Rejects the claim that has no CLM, so that its loss is reported. Returns false when there is none.
  private mutating func finishHeadless() -> Bool {
    guard let problem = headless else { return false }
    headless = nil
    var rejection = ClaimRejection(payerID: context.payer?.id, location: problem.location, reason: problem.reason)
    rejection.further = context.problems.filter { $0 != problem }
      .map { ClaimRejection.Further(location: $0.location, reason: $0.reason) }
    finished = .rejected(rejection)
    return true
  }

  private func claim(from draft: ClaimDraft) throws(ClaimProblem) -> SubmittedClaim {
    if let fault { throw ClaimProblem(location: fault.location, reason: fault.reason) }
    if draft.kind == .dental {
      throw ClaimProblem(
        location: SourceLocation(.segment, draft.number, element: "CLM"),
        reason: "dental claims (837D) are not supported")
    }
    let parties = try context.parties(of: draft.number)
    return try draft.claim(
      of: parties, sender: sender, isTest: isTest || context.isPilot,
      digest: digest.hex(for: parties.purpose, isPilot: context.isPilot && !isTest))
  }
}
