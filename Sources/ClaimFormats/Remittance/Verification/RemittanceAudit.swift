import ClaimsDomain

/// Checks the three sums of one transaction as its parts arrive. It keeps only totals, however many claims there are.
struct RemittanceAudit {
  private(set) var verdict: RemittanceVerdict
  private let check: StatedCheck
  private var claimsPaid = Money.zero
  private var providerAdjustments = Money.zero
  /// True when an amount in the check's sum is unknown, so the sum proves nothing.
  private var isSumUnknown = false

  init(_ check: StatedCheck) {
    self.check = check
    verdict = RemittanceVerdict(
      segment: check.segment, control: check.control, trace: check.trace, payment: check.amount)
    for problem in check.problems { add(problem) }
  }

  mutating func take(_ claim: StatedClaim) {
    verdict.claims += 1
    for problem in claim.problems {
      let level: RemittanceFinding.Level = problem.line == nil ? .claim : .line
      add(level, .unreadable(problem.reason), of: claim, line: problem.line, at: problem.location)
    }
    addPayment(of: claim)
    // With an adjustment or a line missing, the sums would only repeat the problem.
    guard claim.problems.isEmpty else { return }
    for (index, line) in claim.lines.enumerated() { judge(line, number: index + 1, of: claim) }
    judge(claim)
  }

  private mutating func addPayment(of claim: StatedClaim) {
    guard !claim.lacksPayment else { return }
    guard let paid = claim.paid else {
      isSumUnknown = true
      return
    }
    do throws(MoneyError) {
      claimsPaid = try claimsPaid + paid
    } catch {
      isSumUnknown = true
      add(.claim, .tooLarge, of: claim, at: SourceLocation(.segment, claim.segment, element: "CLP04"))
    }
  }

  private mutating func judge(_ line: StatedLine, number: Int, of claim: StatedClaim) {
    guard let charge = line.charge, let paid = line.paid else { return }
    let fault = Self.fault { () throws(MoneyError) in
      try RemittanceBalance.ofLine(charge: charge, adjustments: line.adjustments.lazy.map(\.amount), paid: paid)
    }
    if let fault {
      add(.line, fault, of: claim, line: number, at: SourceLocation(.segment, line.segment, element: "SVC03"))
    }
  }

  private mutating func judge(_ claim: StatedClaim) {
    guard let charge = claim.charge, let paid = claim.paid else { return }
    let fault = Self.fault { () throws(MoneyError) in
      let ofLines = try claim.lines.lazy.flatMap(\.adjustments).map(\.amount).total()
      return try RemittanceBalance.ofClaim(
        charge: charge, adjustments: claim.adjustments.lazy.map(\.amount), lineAdjustments: ofLines, paid: paid)
    }
    if let fault { add(.claim, fault, of: claim, at: SourceLocation(.segment, claim.segment, element: "CLP04")) }
  }

  mutating func take(_ stated: StatedProviderAdjustments) {
    for problem in stated.problems { add(problem) }
    if !stated.problems.isEmpty { isSumUnknown = true }
    do throws(MoneyError) {
      providerAdjustments = try providerAdjustments + stated.adjustments.lazy.map(\.amount).total()
    } catch {
      isSumUnknown = true
      verdict.add(
        RemittanceFinding(
          level: .check, location: SourceLocation(.segment, stated.segment, element: "PLB"), fault: .tooLarge))
    }
  }

  /// Checks the sum of the whole transaction once all its parts have been taken.
  mutating func close() {
    guard !isSumUnknown, let payment = check.amount else { return }
    let fault = Self.fault { () throws(MoneyError) in
      try RemittanceBalance.ofCheck(
        claimsPaid: claimsPaid, providerAdjustments: providerAdjustments, payment: payment)
    }
    guard let fault else { return }
    let location = SourceLocation(.segment, check.paymentSegment ?? check.segment, element: "BPR02")
    verdict.add(RemittanceFinding(level: .check, location: location, fault: fault))
  }

  private mutating func add(_ problem: StatedProblem) {
    verdict.add(RemittanceFinding(level: .check, location: problem.location, fault: .unreadable(problem.reason)))
  }

  private mutating func add(
    _ level: RemittanceFinding.Level, _ fault: RemittanceFinding.Fault, of claim: StatedClaim, line: Int? = nil,
    at location: SourceLocation
  ) {
    verdict.add(
      RemittanceFinding(
        level: level, claim: claim.ordinal, claimNumber: claim.claimNumber, line: line, location: location,
        fault: fault))
  }

  private static func fault(
    _ sum: () throws(MoneyError) -> RemittanceDifference?
  ) -> RemittanceFinding.Fault? {
    do throws(MoneyError) {
      return try sum().map(RemittanceFinding.Fault.imbalance)
    } catch {
      return .tooLarge
    }
  }
}
