/// Where the allowed amount comes from: the fee schedule, else a percentage of the charge.
package struct Pricing: Hashable, Sendable, Codable {
  /// The name of a fee schedule; nil prices every line by percentage.
  package var feeSchedule: String?
  /// For codes the schedule does not list; nil denies them (CO-96, N448).
  package var otherwisePercentOfCharge: BasisPoints?

  package init(feeSchedule: String?, otherwisePercentOfCharge: BasisPoints?) {
    self.feeSchedule = feeSchedule
    self.otherwisePercentOfCharge = otherwisePercentOfCharge
  }

  enum CodingKeys: String, CodingKey {
    case feeSchedule = "fee_schedule"
    case otherwisePercentOfCharge = "otherwise_percent_of_charge"
  }
}
