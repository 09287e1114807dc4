package import ClaimFormats
package import ClaimPipeline
package import ClaimsDomain

/// What came of one thing in the input.
package struct ClaimResult: Sendable {
  package let source: String
  package let kind: Kind

  package enum Kind: Sendable {
    case claim(SubmittedClaim, at: SourceLocation, EndedClaim)
    /// Not even readable.
    case rejected(ClaimRejection)
    /// Of the file rather than of a claim.
    case fault(FileFault)
  }
}
