/// The percentages of the payment rules: versioned data, since payers differ from Medicare in them.
package struct PaymentRuleRates: Hashable, Sendable, Codable {
  /// Both sides of a procedure of bilateral indicator 1.
  package var bilateral: BasisPoints
  /// By rank; the last is also that of every later rank, which a person prices by report.
  package var multipleProcedures: [BasisPoints]
  package var assistant: BasisPoints
  /// What an assistant who is no physician (modifier AS) is paid of what one who is would be.
  package var nonPhysicianAssistant: BasisPoints
  package var coSurgeon: BasisPoints

  /// Medicare Claims Processing Manual, chapter 12: 40.7 bilateral, 40.6 multiple, 20.4.3 assistant at surgery, 110.2 and
  /// 120.1 non-physician assistants, 40.8 co-surgeons.
  package static let medicare = PaymentRuleRates(
    bilateral: BasisPoints(150_00),
    multipleProcedures: [
      BasisPoints(100_00), BasisPoints(50_00), BasisPoints(50_00), BasisPoints(50_00), BasisPoints(50_00),
    ],
    assistant: BasisPoints(16_00), nonPhysicianAssistant: BasisPoints(85_00), coSurgeon: BasisPoints(62_50))

  package init(
    bilateral: BasisPoints, multipleProcedures: [BasisPoints], assistant: BasisPoints,
    nonPhysicianAssistant: BasisPoints, coSurgeon: BasisPoints
  ) {
    self.bilateral = bilateral
    self.multipleProcedures = multipleProcedures
    self.assistant = assistant
    self.nonPhysicianAssistant = nonPhysicianAssistant
    self.coSurgeon = coSurgeon
  }

  func multipleProcedure(rank: Int) -> BasisPoints {
    multipleProcedures.indices.contains(rank) ? multipleProcedures[rank] : multipleProcedures.last ?? .whole
  }
}
