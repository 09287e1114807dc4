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

  /// The most faults that are listed for one claim.
  private static let limit = 50

  /// Returns the claim's faults as a rejection that names the claim; nil when the claim can proceed.
  ///
  /// - Parameter location: where the claim was read.
  package func rejection(of claim: SubmittedClaim, at location: SourceLocation) -> ClaimRejection? {
    let reasons = reasons(faults(in: claim, upTo: Self.limit + 1), of: claim.kind, at: location)
    guard let first = reasons.first else { return nil }
    var rejection = ClaimRejection(
      claimNumber: claim.claimNumber, payerID: claim.payer.id, charge: claim.charge, location: first.location,
      reason: first.reason)
    rejection.further = Array(reasons.dropFirst())
    return rejection
  }

  private func reasons(
    _ faults: [ClaimFault], of kind: ClaimKind?, at location: SourceLocation
  ) -> [ClaimRejection.Further] {
    faults.prefix(Self.limit + 1).enumerated().map { index, fault in
      var place = location
      // Only X12 has elements of these names.
      if location.unit == .segment { place.element = kind.flatMap(fault.element(of:)) ?? location.element }
      return ClaimRejection.Further(location: place, reason: index < Self.limit ? fault.reason : .isCutShort)
    }
  }

  /// Returns the first fault in the claim; nil when the claim can proceed.
  package func firstFault(in claim: SubmittedClaim) -> ClaimFault? { faults(in: claim, upTo: 1).first }

  /// Returns the faults in the claim, those of a line before those of the next.
  ///
  /// - Parameter limit: how many faults to find, 1 or more.
  package func faults(in claim: SubmittedClaim, upTo limit: Int) -> [ClaimFault] {
    guard !claim.lines.isEmpty else { return [.noLines] }
    let lineLimit = claim.kind.lineLimit
    guard claim.lines.count <= lineLimit else { return [.tooManyLines(claim.lines.count, limit: lineLimit)] }
    var faults = faults(in: PartialClaim(claim), isWhole: true, upTo: limit)
    // Test data is never paid, no matter how it arrives.
    if claim.revision == nil, claim.isTest != true, partners.profile(of: claim.sender).takesForTest(claim.sender) {
      faults.append(.testReadInEarnest)
    }
    if faults.count < limit { faults += partners.errors(in: claim).map(ClaimFault.partnerCheck) }
    return Array(faults.prefix(limit))
  }

  /// Returns what is wrong with a rejected claim besides what its reader has found.
  package func further(in claim: PartialClaim) -> [ClaimRejection.Further] {
    guard let location = claim.location else { return [] }
    let faults =
      faults(in: claim, isWhole: false, upTo: Self.limit + 1) + partners.errors(in: claim).map(ClaimFault.partnerCheck)
    return reasons(faults, of: claim.kind, at: location)
  }

  private func faults(in claim: PartialClaim, isWhole: Bool, upTo limit: Int) -> [ClaimFault] {
    var faults: [ClaimFault] = []
    for (index, code) in claim.diagnoses.enumerated() where !code.holdsLetterOrDigit {
      faults.append(.diagnosisEmpty(index + 1))
    }
    var numbers: Set<Int> = []
    // Nil when a charge is unknown or out of range: then there is no sum to compare. The others cannot add up to more
    // than money holds.
    var sum: Money? = claim.hasAllLines && !claim.lines.isEmpty ? .zero : nil
    for (index, line) in claim.lines.enumerated() {
      let number = line.number ?? index + 1
      if line.number != nil, !numbers.insert(number).inserted { faults.append(.repeatedLineNumber(number)) }
      if let units = line.units, units <= Units(0) { faults.append(.unitsNotPositive(line: number)) }
      if let charge = line.charge, charge < .zero || charge > .claimLimit {
        faults.append(.chargeOutOfRange(line: number))
        sum = nil
      } else {
        sum = line.charge.flatMap { charge in sum.flatMap { try? $0 + charge } }
      }
      if let dates = line.serviceDates {
        if let fault = fault(in: dates, line: number) { faults.append(fault) }
      } else if isWhole {
        faults.append(.undated(line: number))
      }
      if faults.count >= limit { return Array(faults.prefix(limit)) }
    }
    if let sum, let charge = claim.charge, sum != charge {
      faults.append(.chargesDoNotAddUp(claim: charge, lines: sum))
    }
    return faults
  }

  private func fault(in dates: DateRange, line: Int) -> ClaimFault? {
    guard dates.last <= received else { return .afterReceipt(line: line, received: received) }
    guard dates.last.days(since: dates.first) < Self.lineLimitDays else {
      return .dateRangeTooLong(line: line, limitDays: Self.lineLimitDays)
    }
    return nil
  }
}

/// A fault in the claim itself, found before any plan or member is considered. No case carries member data.
package enum ClaimFault: Hashable, Sendable {
  case noLines
  /// The diagnosis at this position, from 1, has neither a letter nor a digit.
  case diagnosisEmpty(Int)
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
    case .diagnosisEmpty(let position): "diagnosis \(position) has neither a letter nor a digit"
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
    case .diagnosisEmpty: "HI"
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

extension String {
  fileprivate var holdsLetterOrDigit: Bool {
    utf8.contains { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: false
      }
    }
  }
}
