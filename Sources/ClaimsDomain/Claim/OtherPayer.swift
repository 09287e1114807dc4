/// Another payer of the claim and its decision about the claim: loops 2320 and 2330B.
package struct OtherPayer: Hashable, Sendable, Codable {
  /// NM109 of loop 2330B, the ID by which lines name the payer (SVD01).
  package var id: PayerID
  /// SBR01.
  package var sequence: PayerSequence
  /// AMT*D.
  package var paid: Money?
  /// DTP*573 of the claim, or the latest on its lines; nil when the claim does not have one.
  package var decidedOn: CalendarDate?
  /// CAS segments of the claim as a whole. Those of its lines are stored with the lines.
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

/// An earlier payer's decision about one line: loop 2430.
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

/// One reason from another payer's CAS segment.
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
