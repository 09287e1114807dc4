package import ClaimsDomain

/// One PLB segment as stated.
package struct StatedProviderAdjustments: Hashable, Sendable {
  package var segment: Int
  /// PLB01.
  package var provider: String?
  /// PLB02.
  package var fiscalPeriodEnd: CalendarDate?
  package var adjustments: [StatedProviderAdjustment] = []
  package var problems: [StatedProblem] = []
}
