/// A limit for each member and one for the family together.
package struct FamilyLimit: Hashable, Sendable, Codable {
  package var individual: Money
  package var family: Money
  /// Embedded: a member stops at `individual` even while the family has not met `family`.
  /// Aggregate: only `family` counts once the plan covers more than one.
  package var isEmbedded: Bool

  package init(individual: Money, family: Money, isEmbedded: Bool = true) {
    self.individual = individual
    self.family = family
    self.isEmbedded = isEmbedded
  }

  /// What a member may still be asked for. Never below zero: a plan that lowers its limit during the year asks for
  /// nothing more, and gives nothing back.
  ///
  /// - Throws: `MoneyError.overflow` when the totals leave 64 bits.
  package func left(coversFamily: Bool, member: Money, family spent: Money) throws(MoneyError) -> Money {
    guard coversFamily else { return max(.zero, try individual - member) }
    let familyLeft = max(.zero, try family - spent)
    return isEmbedded ? min(familyLeft, max(.zero, try individual - member)) : familyLeft
  }

  enum CodingKeys: String, CodingKey {
    case individual, family
    case isEmbedded = "embedded"
  }
}
