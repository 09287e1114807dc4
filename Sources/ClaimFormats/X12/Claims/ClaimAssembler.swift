internal import ClaimsDomain

/// Puts the segments of one 837 transaction together into claims.
struct ClaimAssembler {
  private var context = ClaimContext()
  private var digest = ClaimDigest()
  private var draft: ClaimDraft?
  /// The claim that the last segment ended.
  private(set) var finished: IntakeItem?
  /// Why no claim of the transaction may be taken in, from the first pass.
  private let fault: TransactionFault?
  private let isDental: Bool
  private let sender: ClaimSender?

  init(fault: TransactionFault?, isDental: Bool, sender: ClaimSender?) {
    self.fault = fault
    self.isDental = isDental
    self.sender = sender
  }

  /// - Returns: whether the segment ended a claim, which then is in `finished`.
  mutating func take(_ segment: X12Segment) -> Bool {
    switch segment.name {
    case "HL":
      let hasFinished = finish()
      digest.open(context.open(hl: segment))
      return hasFinished
    case "CLM":
      let hasFinished = finish()
      digest.open(.claim)
      digest.add(segment)
      draft = ClaimDraft(clm: segment)
      if let flaw = segment.flaw { draft?.note(segment.problem(flaw.reason)) }
      return hasFinished
    default:
      digest.add(segment)
      do throws(ClaimProblem) {
        try place(segment)
      } catch {
        if draft == nil { context.note(error) } else { draft?.note(error) }
      }
      return false
    }
  }

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
    if draft.kind == .dental || (draft.kind == nil && isDental) {
      throw ClaimProblem(
        location: SourceLocation(.segment, draft.number, element: "CLM"),
        reason: "dental claims (837D) are not supported")
    }
    return try draft.claim(
      of: context.parties(of: draft.number), sequence: context.payerSequence, sender: sender, digest: digest.hex)
  }
}
