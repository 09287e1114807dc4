/// Checks a claim in itself at intake: what fails here is sent back, not decided (TR3 005010X222 and X223).
package struct ClaimValidation: Sendable {
  /// The day the claim came in.
  package let received: CalendarDate
  /// What its sender has to pass besides.
  private let partners: PartnerProfiles

  /// Longest span of one line. A wrong year in a date is the usual reason for more.
  private static let lineLimitDays = 366

  package init(received: CalendarDate, partners: PartnerProfiles = PartnerProfiles()) {
    self.received = received
    self.partners = partners
  }

  /// The first fault as a rejection that names the claim; `location` is where the claim was read.
  package func rejection(of claim: SubmittedClaim, at location: SourceLocation) -> ClaimRejection? {
    guard let fault = firstFault(in: claim) else { return nil }
    var place = location
    place.element = fault.element(of: claim.kind) ?? location.element
    return ClaimRejection(
      claimNumber: claim.claimNumber, payerID: claim.payer.id, charge: claim.charge, location: place,
      reason: fault.reason)
  }

  /// Nil when the claim can go on.
  package func firstFault(in claim: SubmittedClaim) -> ClaimFault? {
    guard !claim.lines.isEmpty else { return .noLines }
    let limit = claim.kind.lineLimit
    guard claim.lines.count <= limit else { return .tooManyLines(claim.lines.count, limit: limit) }
    var numbers: Set<Int> = []
    var sum = Money.zero
    for line in claim.lines {
      guard numbers.insert(line.number).inserted else { return .repeatedLineNumber(line.number) }
      guard line.units > Units(0) else { return .unitsNotPositive(line: line.number) }
      guard line.charge >= .zero, line.charge <= .claimLimit, let next = try? sum + line.charge else {
        return .chargeOutOfRange(line: line.number)
      }
      sum = next
      if let fault = dateFault(in: line, of: claim) { return fault }
    }
    guard sum == claim.charge else { return .chargesDoNotAddUp(claim: claim.charge, lines: sum) }
    // Test data is never paid, by whatever road it comes.
    if claim.revision == nil, claim.isTest != true, partners.profile(of: claim.sender).takesForTest(claim.sender) {
      return .testReadInEarnest
    }
    return partners.error(in: claim).map(ClaimFault.partnerCheck)
  }

  private func dateFault(in line: ServiceLine, of claim: SubmittedClaim) -> ClaimFault? {
    guard let dates = claim.serviceDates(of: line) else { return .undated(line: line.number) }
    guard dates.last <= received else { return .afterReceipt(line: line.number, received: received) }
    guard dates.last.days(since: dates.first) < Self.lineLimitDays else {
      return .dateRangeTooLong(line: line.number, limitDays: Self.lineLimitDays)
    }
    return nil
  }
}
