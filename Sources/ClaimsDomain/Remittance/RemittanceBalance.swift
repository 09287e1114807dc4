/// The three sums of an 835 (TR3 005010X221A1, 1.10.2.1), whoever states the amounts: our own remittances are refused
/// by them, and other payers' are told off by them. Each gives nil when it holds.
///
/// An adjustment above zero lowers the payment and one below zero raises it, in CAS and in PLB alike.
package enum RemittanceBalance {
  /// SVC02 - Σ CAS of the line = SVC03.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  package static func ofLine(
    charge: Money, adjustments: some Sequence<Money>, paid: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: charge - adjustments.total(), found: paid)
  }

  /// CLP03 - Σ CAS of the claim - Σ CAS of its lines = CLP04. Lines may be absent (inpatient claims); then the claim's
  /// own adjustments have to explain all of it.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  package static func ofClaim(
    charge: Money, adjustments: some Sequence<Money>, lineAdjustments: Money, paid: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: charge - adjustments.total() - lineAdjustments, found: paid)
  }

  /// Σ CLP04 - Σ PLB = BPR02.
  ///
  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  package static func ofCheck(
    claimsPaid: Money, providerAdjustments: Money, payment: Money
  ) throws(MoneyError) -> RemittanceDifference? {
    try RemittanceDifference(expected: claimsPaid - providerAdjustments, found: payment)
  }
}

/// Two amounts that should be the same and are not.
package struct RemittanceDifference: Hashable, Sendable {
  /// What the other amounts come to.
  package let expected: Money
  /// What is stated.
  package let found: Money
  /// Found less expected: above zero when more is stated than the rest accounts for.
  package let difference: Money

  /// Nil when they are the same.
  ///
  /// - Throws: `MoneyError.overflow` when they are further apart than 64 bits.
  package init?(expected: Money, found: Money) throws(MoneyError) {
    guard expected != found else { return nil }
    self.expected = expected
    self.found = found
    difference = try found - expected
  }
}

/// Why a remittance cannot be made. Says no name of a patient, so it may be logged.
package enum RemittanceError: Error, Hashable, Sendable {
  case imbalance(RemittanceDifference, at: RemittancePlace)
  /// The amounts leave 64 bits.
  case overflow(at: RemittancePlace)
  /// Over the eight digits and two decimals of an amount in a HIPAA transaction (TR3, B.1.1.3.1.2).
  case tooLarge(at: RemittancePlace)
  /// A charge or payment below zero, which only a reversal has, or one above zero in a reversal.
  case wrongSign(at: RemittancePlace)
  /// A status that says that nothing was paid (CLP02 4 and 23), and a payment.
  case paidThoughDenied(ClaimNumber)
  /// CAS without an amount, or with a code that is none, or one that is read but no longer written (CARC 42, A2).
  case invalidAdjustment(at: RemittancePlace)
  /// More remark codes than MOA or MIA holds.
  case tooManyRemarks(ClaimNumber)
  /// A PLB of zero neither raises nor lowers the payment (RFI 264).
  case emptyProviderAdjustment(check: String)
  /// A check is never negative: what is owed to the payer is carried forward (TR3, 1.10.2.12; PLB FB).
  case negativePayment(check: String)
  /// The bank has moved less than the claims and what was owed before come to: a payment is missing.
  case paidLessThanDue(RemittanceDifference, check: String)
  /// A payment of zero goes with method NON and any other with a check or transfer (BPR04).
  case methodDoesNotFitPayment(check: String)
  /// The claim that corrects a reversed one, and says so (REF*F8), stands before the reversal (TR3, 1.10.2.8; RFI 791).
  case correctionBeforeReversal(ClaimNumber)
  /// Only a payment or denial is reversed; a reversal is never undone by another.
  case reversalOfReversal(ClaimNumber)
}

extension RemittanceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .imbalance(let sum, let place):
      "\(place) does not balance: expected \(sum.expected), found \(sum.found), difference \(sum.difference)"
    case .overflow(let place): "\(place): the amounts are too large to be added up"
    case .tooLarge(let place): "\(place): an amount is over \(Money.claimLimit)"
    case .wrongSign(let place): "\(place): only a reversal has amounts below zero, and it has no others"
    case .paidThoughDenied(let number): "claim \(number) is denied by its status and has a payment"
    case .invalidAdjustment(let place): "\(place): an adjustment has no amount, or a reason code that cannot be written"
    case .tooManyRemarks(let number): "claim \(number) has more than \(ClaimRemarks.limit) remark codes"
    case .emptyProviderAdjustment(let trace): "check \(trace): a provider adjustment is zero"
    case .negativePayment(let trace): "check \(trace) is negative; carry the balance forward"
    case .paidLessThanDue(let sum, let trace):
      "check \(trace): the bank has moved \(sum.found) where \(sum.expected) is due, difference \(sum.difference)"
    case .methodDoesNotFitPayment(let trace):
      "check \(trace): no payment goes with method NON, and a payment with a check or transfer"
    case .correctionBeforeReversal(let number): "claim \(number): its correction stands before its reversal"
    case .reversalOfReversal(let number): "claim \(number) is a reversal and cannot be reversed"
    }
  }
}

/// Where in a remittance an amount stands. Claims go by the provider's own number, lines by their position, from 1.
package enum RemittancePlace: Hashable, Sendable {
  case line(Int, of: ClaimNumber)
  case claim(ClaimNumber)
  /// The transaction as a whole, by its trace number (TRN02).
  case check(String)
}

extension RemittancePlace: CustomStringConvertible {
  package var description: String {
    switch self {
    case .line(let number, let claim): "claim \(claim), line \(number)"
    case .claim(let number): "claim \(number)"
    case .check(let trace): "check \(trace)"
    }
  }
}
