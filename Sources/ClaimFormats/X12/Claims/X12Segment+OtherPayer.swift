internal import ClaimsDomain

extension X12Segment {
  /// CAS: a group, and up to six reasons of three elements each: reason, amount, quantity.
  func otherPayerAdjustments() -> [OtherPayerAdjustment] {
    var adjustments: [OtherPayerAdjustment] = []
    for element in stride(from: 2, through: 17, by: 3) {
      guard let amount = signedAmount(element + 1) else { continue }
      adjustments.append(
        OtherPayerAdjustment(group: word(1) ?? "", reason: word(element) ?? "", amount: amount))
    }
    return adjustments
  }

  /// An amount that may be below zero: another payer may have taken back what it paid.
  func signedAmount(_ element: Int) -> Money? { try? Money(parsing: bytes(element)) }
}
