internal import ClaimsDomain

/// Whose a claim is, once all of it is known.
struct ClaimParties {
  var billingProvider: Provider
  /// Nil for claims to be paid.
  var purpose: ClaimPurpose?
  var payer: Payer
  var payerSequence: PayerSequence
  var subscriber: Subscriber
  var patient: Patient
}
