package import ClaimFormats
package import ClaimPipeline
package import ClaimsDomain

/// What came of one thing in the input.
package struct ClaimResult: Sendable {
  package let source: String
  package let kind: Kind

  package enum Kind: Sendable {
    /// With its place in the source, for people: `segment 195`.
    case claim(SubmittedClaim, at: String, EndedClaim)
    /// Not even readable.
    case rejected(ClaimRejection)
    /// Of the file rather than of a claim.
    case fault(FileFault)
  }
}
