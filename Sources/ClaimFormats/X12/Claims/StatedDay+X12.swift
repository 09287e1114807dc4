import ClaimsDomain

extension StatedDay {
  /// Reads an element of X12 that holds a day (CCYYMMDD). Returns nil when it is absent.
  init?(_ segment: X12Segment, _ element: Int) {
    do throws(ClaimProblem) {
      guard let day = try segment.date(element) else { return nil }
      self = .day(day, at: segment.location(element))
    } catch {
      self = .unknown(at: error.location, reason: error.reason)
    }
  }

  /// The day of a transaction whose BHT04 and GS04 are both absent.
  static func missing(inTransactionAt segment: Int) -> StatedDay {
    .unknown(
      at: SourceLocation(.segment, segment, element: "BHT04"),
      reason: "neither BHT04 nor GS04 says on which day the claims were made")
  }
}
