import ClaimsDomain

/// How many of some claims were taken in and sent back, and what they charge.
struct AcknowledgedTotals {
  let accepted: Int
  let rejected: Int
  let acceptedCharge: Money
  let rejectedCharge: Money
  let charge: Money

  /// - Throws: `MoneyError.overflow`.
  init(_ claims: [AcknowledgedClaim]) throws(MoneyError) {
    let taken = claims.filter(\.isAccepted)
    accepted = taken.count
    rejected = claims.count - taken.count
    acceptedCharge = try taken.map(\.charge).total()
    charge = try claims.map(\.charge).total()
    rejectedCharge = try charge - acceptedCharge
  }
}
