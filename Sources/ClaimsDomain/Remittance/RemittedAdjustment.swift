/// One triplet of a CAS segment: what was taken off the charge, and the code for it.
package struct RemittedAdjustment: Hashable, Sendable {
  package let group: AdjustmentGroup
  /// CARC, without its group.
  package let reason: String
  /// A positive amount lowers the payment.
  package let amount: Money
  /// CAS04: the units that were not paid.
  package let quantity: Units?

  package init(_ group: AdjustmentGroup, _ reason: String, _ amount: Money, quantity: Units? = nil) {
    self.group = group
    self.reason = reason
    self.amount = amount
    self.quantity = quantity
  }

  /// Retired reason codes. Other payers' old files contain them, but ours never do.
  private static let retired: Set<String> = ["42", "A2"]

  /// Whether the adjustment may be written: it adjusts something, and its code has one to five letters and digits.
  var isWritable: Bool {
    let isCode = (1...5).contains(reason.utf8.count) && reason.utf8.allSatisfy(Self.isLetterOrDigit)
    return isCode && !Self.retired.contains(reason) && (amount != .zero || quantity != nil)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}

extension RemittedAdjustment {
  /// Creates an adjustment from a decision as reported to the provider. The rule that made it is not reported.
  package init(_ adjustment: Adjustment) {
    self.init(adjustment.group, adjustment.reason, adjustment.amount)
  }
}

extension [RemittedAdjustment] {
  /// The adjustments by group, with groups in the order of their first adjustment and the original order within each
  /// group.
  var gatheredByGroup: [RemittedAdjustment] {
    var groups: [AdjustmentGroup] = []
    for adjustment in self where !groups.contains(adjustment.group) { groups.append(adjustment.group) }
    return groups.flatMap { group in filter { $0.group == group } }
  }
}

/// Checks that apply to the amounts of both lines and claims.
enum RemittedAmounts {
  /// - Throws: `RemittanceError` when an amount has the wrong sign or size, or an adjustment cannot be written.
  static func check(
    charge: Money, paid: Money, adjustments: [RemittedAdjustment], supplements: [SupplementalAmount],
    at place: RemittancePlace, isReversal: Bool
  ) throws(RemittanceError) {
    guard adjustments.allSatisfy(\.isWritable) else { throw .invalidAdjustment(at: place) }
    let amounts = [charge, paid] + adjustments.map(\.amount) + supplements.map(\.amount)
    guard amounts.allSatisfy(isWithinLimit) else { throw .tooLarge(at: place) }
    let hasRightSign = [charge, paid].allSatisfy { isReversal ? $0 <= .zero : $0 >= .zero }
    guard hasRightSign else { throw .wrongSign(at: place) }
  }

  static func isWithinLimit(_ amount: Money) -> Bool { amount.cents.magnitude <= Money.claimLimit.cents.magnitude }
}

/// AMT: a reported amount that does not take part in balancing.
package struct SupplementalAmount: Hashable, Sendable {
  /// AMT01. For a claim: `AU` (covered), `I` (interest), `D8`, `T`, and others; for a line: `B6` (allowed), `KH`, `T`,
  /// and others.
  package var qualifier: String
  package var amount: Money

  package init(_ qualifier: String, _ amount: Money) {
    self.qualifier = qualifier
    self.amount = amount
  }

  /// The amount that the payer's contract or fee schedule allows for a line.
  package static func allowed(_ amount: Money) -> SupplementalAmount { SupplementalAmount("B6", amount) }

  /// The interest paid for late payment of a claim. It is not part of CLP04; the check has it in PLB L6.
  package static func interest(_ amount: Money) -> SupplementalAmount { SupplementalAmount("I", amount) }

  /// The covered amount of a claim.
  package static func covered(_ amount: Money) -> SupplementalAmount { SupplementalAmount("AU", amount) }
}

/// REF: another number for a claim, a line, or a payee.
package struct RemittanceReference: Hashable, Sendable {
  /// REF01. For a claim: `F8`, `EA`, `1L`, `G1`, and others; for a line: `6R`, `G1`, `LU`, and others.
  package var qualifier: String
  package var value: String

  package init(_ qualifier: String, _ value: String) {
    self.qualifier = qualifier
    self.value = value
  }

  /// The payer's number of the claim that this one corrects.
  package static func originalClaim(_ controlNumber: String) -> RemittanceReference {
    RemittanceReference("F8", controlNumber)
  }
}
