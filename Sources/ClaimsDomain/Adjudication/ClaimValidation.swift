/// Checks a claim on its own at intake. A claim that fails is sent back, not decided (TR3 005010X222 and X223).
package struct ClaimValidation: Sendable {
  /// The day the claim was received.
  package let received: CalendarDate
  /// The additional checks that apply to the claim's sender.
  private let partners: PartnerProfiles

  /// The longest span of one line, in days. A longer span usually means that a date has the wrong year.
  private static let lineLimitDays = 366

  package init(received: CalendarDate, partners: PartnerProfiles = PartnerProfiles()) {
    self.received = received
    self.partners = partners
  }

  /// The first fault, as a rejection that names the claim; `location` is where the claim was read.
  package func rejection(of claim: SubmittedClaim, at location: SourceLocation) -> ClaimRejection? {
    guard let fault = firstFault(in: claim) else { return nil }
    var place = location
    // Only X12 has elements of these names.
    if location.unit == .segment { place.element = fault.element(of: claim.kind) ?? location.element }
    return ClaimRejection(
      claimNumber: claim.claimNumber, payerID: claim.payer.id, charge: claim.charge, location: place,
      reason: fault.reason)
  }

  /// The first fault in the claim; nil when the claim can proceed.
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
    // Test data is never paid, no matter how it arrives.
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

/// A fault in the claim itself, found before any plan or member is considered. No case carries member data.
package enum ClaimFault: Hashable, Sendable {
  case noLines
  case tooManyLines(Int, limit: Int)
  case repeatedLineNumber(Int)
  case unitsNotPositive(line: Int)
  case chargeOutOfRange(line: Int)
  case chargesDoNotAddUp(claim: Money, lines: Money)
  case undated(line: Int)
  case dateRangeTooLong(line: Int, limitDays: Int)
  case afterReceipt(line: Int, received: CalendarDate)
  /// The sender's profile marks it as testing, but the claim was read without that profile.
  case testReadInEarnest
  /// A check that the sender's profile treats as an error.
  case partnerCheck(PartnerFinding)

  package var reason: String {
    switch self {
    case .noLines: "the claim has no service lines"
    case .tooManyLines(let count, let limit): "the claim has \(count) service lines, and \(limit) is the most allowed"
    case .repeatedLineNumber(let line): "line number \(line) is there twice"
    case .unitsNotPositive(let line): "line \(line) has no units, or fewer than none"
    case .chargeOutOfRange(let line): "the charge of line \(line) must be from 0.00 to \(Money.claimLimit)"
    case .chargesDoNotAddUp(let claim, let lines): "the claim's charge is \(claim), but its lines add up to \(lines)"
    case .undated(let line): "line \(line) has no date of service"
    case .dateRangeTooLong(let line, let limit): "line \(line) lasts more than \(limit) days"
    case .afterReceipt(let line, let received): "line \(line) has a date of service after \(received), when it came in"
    case .testReadInEarnest: "its sender is testing, and it was queued without `--plans`, which says so"
    case .partnerCheck(let finding): finding.reason
    }
  }

  /// The element at fault, as named in the X12 guide for the claim's kind; nil when the fault is a whole loop.
  package func element(of kind: ClaimKind) -> String? {
    switch self {
    case .noLines, .tooManyLines: nil
    case .repeatedLineNumber: "LX01"
    case .unitsNotPositive: kind == .professional ? "SV104" : "SV205"
    case .chargeOutOfRange: kind == .professional ? "SV102" : "SV203"
    case .chargesDoNotAddUp: "CLM02"
    case .undated, .dateRangeTooLong, .afterReceipt: "DTP*472"
    case .testReadInEarnest: "ISA15"
    case .partnerCheck(let finding): finding.element
    }
  }
}
