/// One triplet of a CAS segment: what was taken off the charge, and by which code.
package struct RemittedAdjustment: Hashable, Sendable {
  package let group: AdjustmentGroup
  /// CARC, without its group.
  package let reason: String
  /// Above zero it lowers the payment.
  package let amount: Money
  /// CAS04: units that were not paid.
  package let quantity: Units?

  package init(_ group: AdjustmentGroup, _ reason: String, _ amount: Money, quantity: Units? = nil) {
    self.group = group
    self.reason = reason
    self.amount = amount
    self.quantity = quantity
  }

  /// Reason codes that were retired; other payers' old files have them, and ours never.
  private static let retired: Set<String> = ["42", "A2"]

  /// Whether it may be written: it adjusts something, under a code of one to five letters and digits.
  var isWritable: Bool {
    let isCode = (1...5).contains(reason.utf8.count) && reason.utf8.allSatisfy(Self.isLetterOrDigit)
    return isCode && !Self.retired.contains(reason) && (amount != .zero || quantity != nil)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}

extension RemittedAdjustment {
  /// What a decision took off, as it is told to the provider; the rule that did it stays with us.
  package init(_ adjustment: Adjustment) {
    self.init(adjustment.group, adjustment.reason, adjustment.amount)
  }
}

extension [RemittedAdjustment] {
  /// Groups in the order of their first adjustment, and within a group the order as it was.
  var gatheredByGroup: [RemittedAdjustment] {
    var groups: [AdjustmentGroup] = []
    for adjustment in self where !groups.contains(adjustment.group) { groups.append(adjustment.group) }
    return groups.flatMap { group in filter { $0.group == group } }
  }
}

/// What is true of the amounts of a line and of a claim alike.
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

/// AMT: an amount that is told and takes no part in balancing.
package struct SupplementalAmount: Hashable, Sendable {
  /// AMT01. Of a claim `AU` (covered), `I` (interest), `D8`, `T` and others; of a line `B6` (allowed), `KH`, `T` and
  /// others.
  package var qualifier: String
  package var amount: Money

  package init(_ qualifier: String, _ amount: Money) {
    self.qualifier = qualifier
    self.amount = amount
  }

  /// What the payer's contract or fee schedule allows for a line.
  package static func allowed(_ amount: Money) -> SupplementalAmount { SupplementalAmount("B6", amount) }

  /// What was paid for paying a claim late. It is no part of CLP04: the check has it in PLB L6.
  package static func interest(_ amount: Money) -> SupplementalAmount { SupplementalAmount("I", amount) }

  /// What of a claim is covered.
  package static func covered(_ amount: Money) -> SupplementalAmount { SupplementalAmount("AU", amount) }
}

/// REF: another number a claim, a line or a payee goes by.
package struct RemittanceReference: Hashable, Sendable {
  /// REF01. Of a claim `F8`, `EA`, `1L`, `G1` and others; of a line `6R`, `G1`, `LU` and others.
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
