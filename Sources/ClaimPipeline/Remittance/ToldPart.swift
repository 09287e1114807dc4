package import ClaimsDomain

/// That a claim's provider was told of it, or that this is due.
package struct ToldPart: Hashable, Sendable {
  package var part: DueClaim.Part
  /// Nil as long as the check run has not come to it.
  package var remittance: RemittanceID?

  package init(part: DueClaim.Part, remittance: RemittanceID?) {
    self.part = part
    self.remittance = remittance
  }
}
