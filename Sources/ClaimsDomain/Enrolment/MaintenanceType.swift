/// INS03 and HD01: what an 834 wants done (005010X220A1).
package enum MaintenanceType: String, Sendable, Codable, CaseIterable {
  case change = "001"
  case delete = "002"
  case add = "021"
  case terminate = "024"
  case reinstate = "025"
  case correction = "026"
  /// Or compare: what is said is what holds, and who is not named stays as they are.
  case audit = "030"
}
