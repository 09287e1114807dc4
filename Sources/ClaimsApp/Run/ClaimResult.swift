package import ClaimFormats
package import ClaimPipeline
package import ClaimsDomain

/// What came of one thing in the input.
package struct ClaimResult: Sendable {
  package let source: String
  package let kind: Kind
  /// Checks the claim failed, and was taken in all the same.
  package let warnings: [PartnerFinding]

  init(source: String, kind: Kind, warnings: [PartnerFinding] = []) {
    self.source = source
    self.kind = kind
    self.warnings = warnings
  }

  package enum Kind: Sendable {
    /// With its place in the source, for people: `segment 195`.
    case claim(SubmittedClaim, at: String, EndedClaim)
    /// Not even readable.
    case rejected(ClaimRejection)
    /// Of the file rather than of a claim.
    case fault(FileFault)
  }
}
