/// What is wrong with a claim in itself, before any plan or member is looked at. No case carries member data.
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
  /// Its sender's profile says that it tests, and it was read without that profile.
  case testReadInEarnest
  /// A check that the sender's profile calls an error.
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

  /// The element at fault, as the X12 guide of the claim's kind names it; nil when a whole loop is.
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
