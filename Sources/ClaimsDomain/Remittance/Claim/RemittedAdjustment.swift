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
