/// What the payers before us made of one line.
struct PriorPayment: Hashable {
  /// All of them together.
  let paid: Money
  /// What the last of them left to the member (its PR).
  let memberOwes: Money
  /// What the provider has to accept as payment in full; nil where the claim does not say.
  var acceptedInFull: Money?
}
