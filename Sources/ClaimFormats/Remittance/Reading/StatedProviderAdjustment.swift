package import ClaimsDomain

/// One pair of a PLB segment as stated.
package struct StatedProviderAdjustment: Hashable, Sendable {
  /// PLB03-1.
  package var reason: String
  /// PLB03-2.
  package var reference: String?
  package var amount: Money
}
