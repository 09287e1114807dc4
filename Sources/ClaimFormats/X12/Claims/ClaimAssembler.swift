internal import ClaimsDomain

/// Puts the segments of one 837 transaction together into claims.
struct ClaimAssembler {
  private var context = ClaimContext()
  private var digest: ClaimDigest
  private var levels = KnownLevels<(context: ClaimContext, digest: ClaimDigest)>()
  private var draft: ClaimDraft?
  /// The claim that the last segment ended.
  private(set) var finished: IntakeItem?
  /// Why no claim of the transaction may be taken in, from the first pass.
  private let fault: TransactionFault?
  private let sender: ClaimSender?
  private var walk: GuideWalk?
  private let checks: GuideChecks
  private let isTest: Bool

  /// - Parameters:
  ///   - guide: what the transaction is held to; nil where there is no table of its guide.
  ///   - profile: its sender's.
  init(fault: TransactionFault?, sender: ClaimSender?, guide: ImplementationGuide?, profile: PartnerProfile) {
    isTest = profile.takesForTest(sender)
    digest = ClaimDigest(ofTest: isTest)
    self.fault = fault
    self.sender = sender
    walk = guide.map { GuideWalk($0) }
    checks = profile.guide
  }

  /// - Returns: whether the segment ended a claim, which then is in `finished`.
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
      if let flaw = segment.flaw { draft?.note(segment.problem(flaw.reason)) }
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
        if draft == nil { context.note(error) } else { draft?.note(error) }
      }
      noteFaults(of: segment)
      return false
    }
  }

  // MARK: The hierarchy

  /// Goes back to the level that an HL names as its parent, where that is none of those that are open. One that is not
  /// there is for the context to miss.
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

  /// What the segment before which a claim ends shows it to lack is the claim's.
  private mutating func finish(by segment: X12Segment) -> Bool {
    if let walk, !walk.faults.isEmpty {
      for fault in walk.faults where fault.isMissingFromClaim && checks.isError(fault) {
        draft?.note(fault.problem(at: segment.number))
      }
    }
    return finish()
  }

  private mutating func noteFaults(of segment: X12Segment) {
    guard let walk, !walk.faults.isEmpty else { return }
    let endsClaim = segment.name == "HL" || segment.name == "CLM"
    for fault in walk.faults where checks.isError(fault) && !(endsClaim && fault.isMissingFromClaim) {
      let problem = fault.problem(at: segment.number)
      if fault.scope == .claim { draft?.note(problem) } else { context.note(problem, of: fault.scope) }
    }
  }

  // MARK: Claims

  private mutating func place(_ segment: X12Segment) throws(ClaimProblem) {
    if let flaw = segment.flaw { throw segment.problem(flaw.reason) }
    if !X12Dictionary.isKnown(segment.name) {
      try takeUnknown(segment)
    } else if draft?.isMisplaced(segment) == true {
      context.lose(by: segment.problem("the segment belongs above a claim: the HL before it is missing"))
    } else if draft != nil {
      try draft?.take(segment)
    } else {
      try context.take(segment)
    }
  }

  /// A name that no 837 has: mistyped or damaged. What it stood for decides how far it reaches.
  private mutating func takeUnknown(_ segment: X12Segment) throws(ClaimProblem) {
    let problem = segment.problem("no 837 has such a segment")
    if ClaimContext.isLevel(segment.code(3)) {
      // It may have been an HL, and then all that follows is about somebody else.
      context.lose(by: problem)
    } else if draft != nil || !context.ignoresUnknown() {
      throw problem
    }
  }

  /// Ends the claim in hand, since nothing more can belong to it; false when there is none.
  mutating func finish() -> Bool {
    guard let draft else { return false }
    self.draft = nil
    do throws(ClaimProblem) {
      finished = .claim(try claim(from: draft), at: SourceLocation(.segment, draft.number))
    } catch {
      finished = .rejected(
        ClaimRejection(
          claimNumber: draft.claimNumber, payerID: context.payer?.id, charge: draft.charge, location: error.location,
          reason: error.reason))
    }
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
