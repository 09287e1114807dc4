import ClaimsDomain

/// Loops 2320 and 2330B as they are read.
struct OtherPayerDraft {
  private let sequence: PayerSequence
  private var id: PayerID?
  private var paid: Money?
  private var adjustments: [OtherPayerAdjustment] = []
  private var decidedOn: CalendarDate?

  init(sbr segment: X12Segment) throws(ClaimProblem) {
    sequence = try PayerSequence(sbr: segment)
  }

  /// Reads NM1*PR in loop 2330B.
  mutating func take(nm1 segment: X12Segment) {
    if segment.code(1) == "PR" { id = segment.text(9).map { PayerID($0) } }
  }

  mutating func take(_ segment: X12Segment) {
    switch (segment.name, segment.code(1)) {
    // The institutional guide of 4010 calls this amount the prior payment (C4).
    case ("AMT", "D"), ("AMT", "C4"): paid = segment.signedAmount(2)
    case ("CAS", _):
      if adjustments.count <= X12Limits.adjustments { adjustments += segment.otherPayerAdjustments() }
    default: break
    }
  }

  /// Reads DTP*573 in loop 2330B.
  mutating func take(dtp segment: X12Segment) throws(ClaimProblem) {
    if segment.code(1) == "573" { decidedOn = try segment.date(3) }
  }

  /// - Parameter onLines: The dates on which payers adjudicated lines, by payer.
  func payer(_ onLines: [PayerID: CalendarDate]) -> OtherPayer {
    let id = id ?? PayerID("")
    return OtherPayer(
      id: id, sequence: sequence, paid: paid, adjustments: adjustments,
      decidedOn: [decidedOn, onLines[id]].compactMap(\.self).max())
  }
}

extension X12Segment {
  /// Reads CAS: a group and up to six adjustments of three elements each (reason, amount, quantity).
  func otherPayerAdjustments() -> [OtherPayerAdjustment] {
    var adjustments: [OtherPayerAdjustment] = []
    for element in stride(from: 2, through: 17, by: 3) {
      guard let amount = signedAmount(element + 1) else { continue }
      adjustments.append(
        OtherPayerAdjustment(group: word(1) ?? "", reason: word(element) ?? "", amount: amount))
    }
    return adjustments
  }

  /// Returns an amount that may be negative, since another payer may have taken back its payment.
  func signedAmount(_ element: Int) -> Money? { try? Money(parsing: bytes(element).span) }
}

extension PayerSequence {
  /// - Throws: `ClaimProblem` when SBR01 does not state the payer's position in the payment order.
  init(sbr segment: X12Segment) throws(ClaimProblem) {
    guard let sequence = segment.word(1).flatMap(PayerSequence.init) else {
      throw segment.problem(1, "it does not say in which turn this payer pays")
    }
    self = sequence
  }
}
