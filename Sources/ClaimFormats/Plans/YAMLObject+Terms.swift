import ClaimsDomain

// What a plan file writes alike for network care and for care out of the network.
extension YAMLObject {
  func familyLimit(_ key: String) throws(PlanFileError) -> FamilyLimit {
    let object = try requireObject(key, keys: ["individual", "family", "embedded"])
    let limit = FamilyLimit(
      individual: try object.require("individual", .amount), family: try object.require("family", .amount),
      isEmbedded: try object.require("embedded", .flag))
    guard limit.individual <= limit.family else {
      throw object.error(at: "family", "\(key): the family's limit is below that of one member")
    }
    return limit
  }

  /// The keys `deductible` and `out_of_pocket_maximum`.
  func yearlyLimits() throws(PlanFileError) -> (deductible: FamilyLimit, maximum: FamilyLimit) {
    let deductible = try familyLimit("deductible")
    let maximum = try familyLimit("out_of_pocket_maximum")
    guard deductible.individual <= maximum.individual, deductible.family <= maximum.family else {
      throw error(
        at: "deductible", "the deductible is above the out-of-pocket maximum", advice: "a deductible counts to it")
    }
    return (deductible, maximum)
  }
}
