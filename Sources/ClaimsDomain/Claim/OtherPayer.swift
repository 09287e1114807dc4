/// Another payer of the claim, and what it has decided about it: loops 2320 and 2330B.
package struct OtherPayer: Hashable, Sendable, Codable {
  /// NM109 of loop 2330B: what the lines name the payer by (SVD01).
  package var id: PayerID
  /// SBR01.
  package var sequence: PayerSequence
  /// AMT*D.
  package var paid: Money?
  /// DTP*573, of the claim or the latest of its lines; nil where the claim does not say.
  package var decidedOn: CalendarDate?
  /// CAS of the claim as a whole; those of its lines are with them.
  package var adjustments: [OtherPayerAdjustment]

  package init(
    id: PayerID, sequence: PayerSequence, paid: Money? = nil, adjustments: [OtherPayerAdjustment] = [],
    decidedOn: CalendarDate? = nil
  ) {
    self.decidedOn = decidedOn
    self.id = id
    self.sequence = sequence
    self.paid = paid
    self.adjustments = adjustments
  }
}

/// What a payer before us decided about one line: loop 2430.
package struct OtherPayerLine: Hashable, Sendable, Codable {
  /// SVD01.
  package var payer: PayerID
  /// SVD02.
  package var paid: Money
  package var adjustments: [OtherPayerAdjustment]

  package init(payer: PayerID, paid: Money, adjustments: [OtherPayerAdjustment] = []) {
    self.payer = payer
    self.paid = paid
    self.adjustments = adjustments
  }
}

/// One reason of a CAS that another payer gave.
package struct OtherPayerAdjustment: Hashable, Sendable, Codable {
  /// CAS01, as it was sent.
  package var group: String
  package var reason: String
  package var amount: Money

  package init(group: String, reason: String, amount: Money) {
    self.group = group
    self.reason = reason
    self.amount = amount
  }

  var isPatientResponsibility: Bool { group == AdjustmentGroup.patientResponsibility.rawValue }
}
