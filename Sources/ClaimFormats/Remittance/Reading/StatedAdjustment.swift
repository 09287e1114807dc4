package import ClaimsDomain

/// A CAS triplet as somebody's 835 states it. Groups and reasons are whatever was sent: the 4010 guide had CR, which
/// the 5010 dropped (RFI 1147).
package struct StatedAdjustment: Hashable, Sendable {
  package var group: String
  package var reason: String
  package var amount: Money
  package var quantity: Units?
}
