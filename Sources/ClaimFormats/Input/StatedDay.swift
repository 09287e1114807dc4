package import ClaimsDomain

/// The day on which a claim was made, as its file says: BHT04 of its transaction or else GS04 of its group (X12 837),
/// `Claim.created` (FHIR R4), or the creation date of a UB-04. The sender's word, and no proof of the day on which the
/// file came.
package enum StatedDay: Hashable, Sendable {
  case day(CalendarDate, at: SourceLocation)
  /// The file states no day, or none that can be read. The reason never repeats what was sent.
  case unknown(at: SourceLocation, reason: String)
}
