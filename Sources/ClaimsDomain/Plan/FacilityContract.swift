/// What a plan has agreed to pay a facility for the lines of some revenue codes or types of bill (837I).
package struct FacilityContract: Hashable, Sendable, Codable {
  /// Names the terms in explanations: `medical-surgical`.
  package var id: String
  package var revenueCodes: [CodePattern]
  /// Of the type of bill's first two digits, facility and care: `11` is hospital inpatient, `13` hospital outpatient.
  package var billTypes: [CodePattern]
  package var rate: Rate

  package enum Rate: Hashable, Sendable, Codable {
    /// For each covered day.
    case perDiem(Money)
    case percentOfCharge(BasisPoints)
    /// In the per diem of another line of the claim (CO-97).
    case includedInPerDiem
  }

  package init(id: String, revenueCodes: [String] = [], billTypes: [String] = [], rate: Rate) {
    self.id = id
    self.revenueCodes = revenueCodes.map(CodePattern.init)
    self.billTypes = billTypes.map(CodePattern.init)
    self.rate = rate
  }

  /// An empty list matches all. A professional claim has neither revenue codes nor a type of bill.
  package func matches(_ line: ServiceLine, of claim: SubmittedClaim) -> Bool {
    guard claim.kind == .institutional else { return false }
    return (revenueCodes.isEmpty || revenueCodes.contains { $0.matches(line.revenueCode ?? "") })
      && (billTypes.isEmpty || billTypes.contains { $0.matches(claim.facilityCode) })
  }
}
