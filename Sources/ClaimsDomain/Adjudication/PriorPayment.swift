/// What the payers before us made of one line.
struct PriorPayment: Hashable {
  /// All of them together.
  let paid: Money
  /// What the last of them left to the member (its PR).
  let memberOwes: Money
}
