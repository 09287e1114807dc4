/// What one check of a provider comes to: never below zero, since what is owed to the payer is carried to a later one
/// (balance forward processing, TR3 005010X221A1, 1.10.2.12; RFI 222, 738, 1604).
package struct CheckPlan: Hashable, Sendable {
  /// BPR02.
  package let payment: Money
  /// All PLB of the check: those it was planned with, and the forwarding balances in and out.
  package let adjustments: [ProviderAdjustment]
  /// What is left for a later check.
  package let carriedForward: ForwardedBalance?

  /// - Parameters:
  ///   - claimsPaid: CLP04 of every claim of the check, reversals below zero.
  ///   - adjustments: what else raises or lowers it; no forwarding balance among them.
  ///   - carried: the balance of an earlier check.
  ///   - trace: TRN02 of this check.
  /// - Throws: `RemittanceError` when an adjustment is zero or the amounts cannot be added up.
  package init(
    claimsPaid: [Money], adjustments: [ProviderAdjustment] = [], carried: ForwardedBalance?, trace: String
  ) throws(RemittanceError) {
    guard adjustments.allSatisfy({ $0.amount != .zero }) else { throw .emptyProviderAdjustment(check: trace) }
    do throws(MoneyError) {
      let net = try claimsPaid.total() - adjustments.map(\.amount).total()
      // A check that neither pays nor takes anything leaves the balance where it is: moved in and out again it would
      // only make work, and two balances at the same time are not meant to be (RFI 738).
      guard net != .zero else {
        self.init(payment: .zero, adjustments: adjustments, carriedForward: carried)
        return
      }
      let movedIn = carried.map { ProviderAdjustment(.forwardingBalance, reference: $0.trace, $0.amount) }
      let due = try net - (carried?.amount ?? .zero)
      guard due.isNegative else {
        self.init(payment: due, adjustments: adjustments + [movedIn].compactMap(\.self), carriedForward: nil)
        return
      }
      // The balance moves out under this check's own trace number (RFI 1114).
      let movedOut = ProviderAdjustment(.forwardingBalance, reference: trace, due)
      self.init(
        payment: .zero, adjustments: adjustments + [movedIn, movedOut].compactMap(\.self),
        carriedForward: ForwardedBalance(try due.negated, from: trace))
    } catch {
      throw .overflow(at: .check(trace))
    }
  }

  private init(payment: Money, adjustments: [ProviderAdjustment], carriedForward: ForwardedBalance?) {
    self.payment = payment
    self.adjustments = adjustments
    self.carriedForward = carriedForward
  }
}
