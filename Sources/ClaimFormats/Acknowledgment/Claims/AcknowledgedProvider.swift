package import ClaimsDomain

/// A billing provider in a 277CA, with the claims that came from it (loop 2000C).
package struct AcknowledgedProvider: Hashable, Sendable {
  package var name: String
  package var identity: RemittancePayee.Identity
  package var claims: [AcknowledgedClaim]

  package init(name: String, identity: RemittancePayee.Identity, claims: [AcknowledgedClaim]) {
    self.name = name
    self.identity = identity
    self.claims = claims
  }
}
