internal import ClaimsDomain

/// Whose a claim is, once all of it is known.
struct ClaimParties {
  var billingProvider: Provider
  /// Nil for claims to be paid.
  var purpose: ClaimPurpose?
  var payer: Payer
  var payerSequence: PayerSequence
  /// SBR09: what kind of insurance the claim is filed under.
  var filing: String?
  var subscriber: Subscriber
  var patient: Patient
}
