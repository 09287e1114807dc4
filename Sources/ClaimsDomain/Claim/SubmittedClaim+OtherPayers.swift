extension SubmittedClaim {
  /// Whether a payer has reported any decision about the claim.
  package func hasDecided(_ payer: OtherPayer) -> Bool {
    payer.paid != nil || !payer.adjustments.isEmpty
      || lines.contains { $0.otherPayers?.contains { $0.payer == payer.id } == true }
  }

  /// The payers that have decided before us, in payment order (SBR01), whatever their order in the file.
  package var payersBefore: [OtherPayer] {
    (otherPayers ?? []).filter { hasDecided($0) }
      .enumerated().sorted {
        ($0.element.sequence.turn ?? .max, $0.offset) < ($1.element.sequence.turn ?? .max, $1.offset)
      }
      .map(\.element)
  }

  /// Why the payers' positions do not determine what we pay; nil when they do.
  var unclearTurn: SuspenseReason? {
    let payers = otherPayers ?? []
    // A value code says that another payer has paid, so a person has to decide our position.
    if earlierPayer != nil, payerSequence == .primary, revision?.turn == nil { return .payersContradict }
    let turns = payers.compactMap(\.sequence.turn) + [payerSequence.turn].compactMap(\.self)
    guard Set(turns).count == turns.count else { return .payersContradict }
    let decided = payers.filter { hasDecided($0) }
    if let own = payerSequence.turn {
      // A payer after us has nothing to decide yet, and no payer decides before a primary payer.
      guard decided.allSatisfy({ ($0.sequence.turn ?? (own == 0 ? .max : -1)) < own }) else { return .payersContradict }
      let before = Set(decided.compactMap(\.sequence.turn))
      if payers.isEmpty || (0..<own).allSatisfy(before.contains) { return nil }
      return .otherPayerUndecided
    }
    return payers.allSatisfy { hasDecided($0) || $0.sequence.turn == nil } ? nil : .otherPayerUndecided
  }
}

extension SubmittedClaim {
  /// The claim with other payers' results that a person has entered. The amount that such a payer neither paid nor left
  /// to the patient counts as its adjustment.
  ///
  /// - Throws: `MoneyError.overflow`.
  package func entering(_ payers: [EnteredPayer], turn: PayerSequence?) throws(MoneyError) -> SubmittedClaim {
    var claim = self
    claim.payerSequence = turn ?? payerSequence
    let ids = Set(payers.map(\.id))
    claim.otherPayers = (otherPayers ?? []).filter { !ids.contains($0.id) }
    for line in claim.lines.indices {
      claim.lines[line].otherPayers = claim.lines[line].otherPayers?.filter { !ids.contains($0.payer) }
    }
    for payer in payers {
      var told = OtherPayer(id: payer.id, sequence: payer.sequence)
      if let result = payer.result {
        let rest = try charge - result.paid - result.patientOwes
        told.paid = result.paid
        told.adjustments = [
          OtherPayerAdjustment(
            group: AdjustmentGroup.patientResponsibility.rawValue, reason: "", amount: result.patientOwes),
          OtherPayerAdjustment(group: AdjustmentGroup.contractual.rawValue, reason: "", amount: rest),
        ].filter { $0.amount != .zero }
      }
      claim.otherPayers?.append(told)
    }
    return claim
  }
}
