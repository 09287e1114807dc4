/// What one check of a provider comes to: never below zero, since what is owed to the payer is carried to a later one
/// (balance forward processing, TR3 005010X221A1, 1.10.2.12; RFI 222, 738, 1604).
package struct CheckPlan: Hashable, Sendable {
  /// BPR02.
  package let payment: Money
  /// All PLB of the check: those it was planned with, and the forwarding balances in and out.
  package let adjustments: [ProviderAdjustment]
  /// What of them is for claims that were paid late; below zero where more of it is taken back.
  package let interest: Money
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

  /// A check whose money has been moved already, claim by claim. What the provider owes after it is what was owed before,
  /// less what the claims came to and was not moved: B' = B + N - S - I, with S the claims, I the interest on those that
  /// were paid late, and N the money.
  ///
  /// A check that moves just what its claims come to leaves an older balance where it is, as above.
  ///
  /// - Parameters:
  ///   - claimsPaid: CLP04 of every claim of the check, reversals below zero.
  ///   - interest: for claims that were paid late, reversals below zero; one PLB L6 has all of it.
  ///   - moved: what the bank has moved for them.
  ///   - carried: the balance of an earlier check.
  ///   - trace: TRN02 of this check.
  /// - Throws: `RemittanceError` when the bank has moved less than is due, or amounts cannot be added up.
  package init(
    claimsPaid: [Money], interest: Money = .zero, moved: Money, carried: ForwardedBalance?, trace: String
  ) throws(RemittanceError) {
    guard !moved.isNegative else { throw .negativePayment(check: trace) }
    let (claims, left, missing): (Money, Money, RemittanceDifference?)
    let paidLate: [ProviderAdjustment]
    do throws(MoneyError) {
      claims = try claimsPaid.total() + interest
      paidLate = interest == .zero ? [] : [try .interest(interest, reference: trace)]
      let due = try claims - (carried?.amount ?? .zero)
      left = try moved - due
      missing = left.isNegative ? try RemittanceDifference(expected: due, found: moved) : nil
    } catch {
      throw .overflow(at: .check(trace))
    }
    if let missing { throw .paidLessThanDue(missing, check: trace) }
    guard moved != claims else {
      self.init(payment: moved, adjustments: paidLate, interest: interest, carriedForward: carried)
      return
    }
    let movedIn = carried.map { ProviderAdjustment(.forwardingBalance, reference: $0.trace, $0.amount) }
    let carriedForward = ForwardedBalance(left, from: trace)
    let movedOut = carriedForward.map {
      ProviderAdjustment(.forwardingBalance, reference: trace, Money(cents: -$0.amount.cents))
    }
    self.init(
      payment: moved, adjustments: paidLate + [movedIn, movedOut].compactMap(\.self), interest: interest,
      carriedForward: carriedForward)
  }

  private init(
    payment: Money, adjustments: [ProviderAdjustment], interest: Money = .zero, carriedForward: ForwardedBalance?
  ) {
    self.payment = payment
    self.adjustments = adjustments
    self.interest = interest
    self.carriedForward = carriedForward
  }
}

/// A check before it has a number: its claims, and what its payee owed before. Plain values in, an 835 out.
package struct CheckDraft: Hashable, Sendable {
  package let payee: RemittancePayee
  /// Reversals first: they clear the account for what is told anew (TR3 005010X221A1, 1.10.2.8).
  package let items: [CheckItem]
  package let carried: ForwardedBalance?

  package init(payee: RemittancePayee, items: [CheckItem], carried: ForwardedBalance?) {
    self.payee = payee
    self.items = items.filter { $0.payment.status == .reversal } + items.filter { $0.payment.status != .reversal }
    self.carried = carried
  }

  /// - Parameter trace: TRN02.
  /// - Throws: `RemittanceError`.
  package func plan(trace: String) throws(RemittanceError) -> CheckPlan {
    let (moved, interest): (Money, Money)
    do throws(MoneyError) {
      moved = try items.lazy.map(\.moved).total()
      interest = try items.map { item throws(MoneyError) in try item.interest }.total()
    } catch {
      throw .overflow(at: .check(trace))
    }
    return try CheckPlan(
      claimsPaid: items.map(\.payment.paid), interest: interest, moved: moved, carried: carried, trace: trace)
  }

  /// What the provider is sent.
  ///
  /// - Parameters:
  ///   - day: of the check, and up to which claims are in it.
  ///   - trace: TRN02.
  /// - Throws: `RemittanceError`.
  package func advice(
    _ plan: CheckPlan, from issuer: RemittanceIssuer, on day: CalendarDate, trace: String
  ) throws(RemittanceError) -> RemittanceAdvice {
    try RemittanceAdvice(
      payment: RemittancePayment(
        amount: plan.payment, method: plan.payment == .zero ? .none : .check, date: day, trace: trace,
        originator: issuer.originator),
      producedOn: day, payer: issuer.payer, payee: payee, claims: items.map(\.payment), adjustments: plan.adjustments,
      // The payee's own fiscal year is not known to us; the guide then has the last day of the calendar year.
      fiscalPeriodEnd: CalendarDate(year: day.year, month: 12, day: 31) ?? day)
  }
}

/// One claim of a check: what is told of it, and what the bank has moved for it.
package struct CheckItem: Hashable, Sendable {
  package let payment: ClaimPayment
  /// Less than CLP04 and interest where a part was kept for what the provider owes; zero for a reversal, by which nothing moves.
  package let moved: Money

  /// AMT*I, below zero for a reversal.
  package var interest: Money {
    get throws(MoneyError) {
      try payment.details.amounts.lazy.filter { $0.qualifier == "I" }.map(\.amount).total()
    }
  }

  package init(_ payment: ClaimPayment, moved: Money) {
    self.payment = payment
    self.moved = moved
  }
}

/// What a provider still owes from an earlier check, whose payment could not go below zero.
package struct ForwardedBalance: Hashable, Sendable {
  /// Above zero.
  package let amount: Money
  /// TRN02 of the check that it was carried from.
  package let trace: String

  /// Nil unless the amount is above zero.
  package init?(_ amount: Money, from trace: String) {
    guard amount > .zero else { return nil }
    self.amount = amount
    self.trace = trace
  }
}
