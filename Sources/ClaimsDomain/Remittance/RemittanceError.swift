/// Why a remittance cannot be created. It contains no patient name, so it may be logged.
package enum RemittanceError: Error, Hashable, Sendable {
  case imbalance(RemittanceDifference, at: RemittancePlace)
  /// The amounts overflow 64 bits.
  case overflow(at: RemittancePlace)
  /// An amount exceeds the eight digits and two decimals of a HIPAA transaction (TR3, B.1.1.3.1.2).
  case tooLarge(at: RemittancePlace)
  /// A negative charge or payment, which only a reversal can have, or a positive one in a reversal.
  case wrongSign(at: RemittancePlace)
  /// A status that says nothing was paid (CLP02 4 and 23), together with a payment.
  case paidThoughDenied(ClaimNumber)
  /// A CAS without an amount, with an invalid code, or with a code that is read but no longer written (CARC 42, A2).
  case invalidAdjustment(at: RemittancePlace)
  /// There are more remark codes than MOA or MIA can hold.
  case tooManyRemarks(ClaimNumber)
  /// A PLB of zero neither raises nor lowers the payment (RFI 264).
  case emptyProviderAdjustment(check: String)
  /// A check is never negative: what the provider owes is carried forward (TR3, 1.10.2.12; PLB FB).
  case negativePayment(check: String)
  /// The bank has moved less than the claims and the earlier balance come to, so a payment is missing.
  case paidLessThanDue(RemittanceDifference, check: String)
  /// A payment of zero requires method NON, and any other payment requires a check or transfer (BPR04).
  case methodDoesNotFitPayment(check: String)
  /// A claim that corrects a reversed one, according to REF*F8, precedes the reversal (TR3, 1.10.2.8; RFI 791).
  case correctionBeforeReversal(ClaimNumber)
  /// Only a payment or denial can be reversed; a reversal is never undone by another.
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
    case .correctionBeforeReversal(let number): "claim \(number): its correction comes before its reversal"
    case .reversalOfReversal(let number): "claim \(number) is a reversal and cannot be reversed"
    }
  }
}

/// The location of an amount in a remittance. Claims are identified by the provider's own number, lines by their
/// position, starting at 1.
package enum RemittancePlace: Hashable, Sendable {
  case line(Int, of: ClaimNumber)
  case claim(ClaimNumber)
  /// The transaction as a whole, identified by its trace number (TRN02).
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
