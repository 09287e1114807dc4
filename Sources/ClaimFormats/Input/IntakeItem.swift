package import ClaimsDomain

/// What comes out of a file of claims, in the file's own order. Each claim in the file is exactly one `claim` or one
/// `rejected`.
package enum IntakeItem: Hashable, Sendable {
  /// With the place where it begins.
  case claim(SubmittedClaim, at: SourceLocation)
  case rejected(ClaimRejection)
  /// Something is wrong with the file rather than with one claim.
  case fault(FileFault)
}
