internal import ClaimsDomain

/// Whose a claim is, once all of it is known.
struct ClaimParties {
  var billingProvider: Provider
  var payer: Payer
  var subscriber: Subscriber
  var patient: Patient
}
