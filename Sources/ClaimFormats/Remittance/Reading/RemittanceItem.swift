/// What comes out of an 835 file, in the file's own order. Between `opened` and `closed` are the claims and provider
/// adjustments of one transaction; nothing larger than a claim is held.
package enum RemittanceItem: Hashable, Sendable {
  case opened(StatedCheck)
  case claim(StatedClaim)
  /// One PLB segment, and what in it cannot be read.
  case adjusted(StatedProviderAdjustments)
  case closed
}
