package import ClaimsDomain

/// Group, reason code and amount; on the claim, the sum over its lines.
package struct ReportedAdjustment: Hashable, Sendable, Decodable {
  package var group: AdjustmentGroup
  package var code: String
  package var amount: Money

  package init(_ adjustment: Adjustment) {
    group = adjustment.group
    code = adjustment.reason
    amount = adjustment.amount
  }

  /// One entry for each group and code, in the order of first use.
  ///
  /// - Throws: `MoneyError.overflow` when a sum leaves 64 bits.
  package static func totals(of adjustments: [Adjustment]) throws(MoneyError) -> [ReportedAdjustment] {
    var totals: [ReportedAdjustment] = []
    for adjustment in adjustments {
      if let index = totals.firstIndex(where: { $0.group == adjustment.group && $0.code == adjustment.reason }) {
        totals[index].amount = try totals[index].amount + adjustment.amount
      } else {
        totals.append(ReportedAdjustment(adjustment))
      }
    }
    return totals
  }
}
