/// Whose practice costs a fee is adjusted by. A plan names one: an 837 tells a ZIP code at most, and which locality it lies
/// in stands in no file that is imported.
package enum PricingLocality: Hashable, Sendable, Codable {
  /// Every index is 1: the national payment amount.
  case national
  case locality(contractor: String, number: String)
  /// By the locality county crosswalk.
  case county(state: String, name: String)
}
