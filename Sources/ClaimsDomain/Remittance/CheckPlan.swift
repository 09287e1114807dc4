/// The total of one check to a provider. It is never negative, because what the provider owes is carried to a later
/// check (balance forward processing, TR3 005010X221A1, 1.10.2.12; RFI 222, 738, 1604).
package struct CheckPlan: Hashable, Sendable {
  /// BPR02.
  package let payment: Money
  /// All PLB adjustments of the check: the planned ones, and the forwarding balances in and out.
  package let adjustments: [ProviderAdjustment]
  /// The part of the adjustments for claims that were paid late; negative when more interest is taken back than paid.
  package let interest: Money
  /// What remains for a later check.
  package let carriedForward: ForwardedBalance?

  /// - Parameters:
  ///   - claimsPaid: CLP04 of every claim of the check; negative for reversals.
  ///   - adjustments: Other adjustments to the check, without any forwarding balance.
  ///   - carried: The balance from an earlier check.
  ///   - trace: TRN02 of this check.
  /// - Throws: `RemittanceError` when an adjustment is zero or the amounts overflow.
  package init(
    claimsPaid: [Money], adjustments: [ProviderAdjustment] = [], carried: ForwardedBalance?, trace: String
  ) throws(RemittanceError) {
    guard adjustments.allSatisfy({ $0.amount != .zero }) else { throw .emptyProviderAdjustment(check: trace) }
    do throws(MoneyError) {
      let net = try claimsPaid.total() - adjustments.map(\.amount).total()
      // A check that neither pays nor takes anything leaves the balance where it is. Moving it in and out again would
      // only create work, and two balances must not exist at the same time (RFI 738).
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

  /// Plans a check whose money has already been moved, claim by claim. What the provider owes afterward is what it owed
  /// before, plus the money moved, minus the claims and their interest: B' = B + N - S - I, where S is the claims, I
  /// the interest on those paid late, and N the money.
  ///
  /// A check that moves exactly what its claims come to leaves an older balance where it is, as above.
  ///
  /// - Parameters:
  ///   - claimsPaid: CLP04 of every claim of the check; negative for reversals.
  ///   - interest: Interest for claims that were paid late, negative for reversals; one PLB L6 contains all of it.
  ///   - moved: What the bank has moved for the claims.
  ///   - carried: The balance from an earlier check.
  ///   - trace: TRN02 of this check.
  /// - Throws: `RemittanceError` when the bank has moved less than is due, or the amounts overflow.
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

/// A check before it has a number: its claims, and what its payee owed before. It takes plain values and produces an
/// 835.
package struct CheckDraft: Hashable, Sendable {
  package let payee: RemittancePayee
  /// Reversals come first: they clear the account for the new reports (TR3 005010X221A1, 1.10.2.8).
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

  /// The remittance advice for the provider.
  ///
  /// - Parameters:
  ///   - day: The date of the check, which is also the last day for claims in it.
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
      // We don't know the payee's fiscal year, so the guide's alternative applies: the last day of the calendar year.
      fiscalPeriodEnd: CalendarDate(year: day.year, month: 12, day: 31) ?? day)
  }
}

/// One claim of a check: what is reported for it, and what the bank has moved for it.
package struct CheckItem: Hashable, Sendable {
  package let payment: ClaimPayment
  /// The amount moved. Less than CLP04 and interest when a part was kept for what the provider owes; zero for a
  /// reversal, which moves no money.
  package let moved: Money

  /// AMT*I, negative for a reversal.
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

/// What a provider still owes from an earlier check, whose payment could not be negative.
package struct ForwardedBalance: Hashable, Sendable {
  /// The amount owed, always positive.
  package let amount: Money
  /// TRN02 of the check from which the balance was carried.
  package let trace: String

  /// Returns nil unless the amount is positive.
  package init?(_ amount: Money, from trace: String) {
    guard amount > .zero else { return nil }
    self.amount = amount
    self.trace = trace
  }
}
