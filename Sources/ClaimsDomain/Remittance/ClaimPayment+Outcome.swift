/// A decided claim with everything that its provider is sent about it.
package struct ClaimOutcome: Hashable, Sendable {
  package var id: ClaimIntakeID
  package var claim: SubmittedClaim
  package var decision: Decision
  package var receivedOn: CalendarDate
  /// CLP06.
  package var filingIndicator: String
  /// The number that we gave the claim that this one corrects.
  package var corrects: ClaimIntakeID?
  /// The interest paid in addition for late payment.
  package var interest: Money

  package init(
    id: ClaimIntakeID, claim: SubmittedClaim, decision: Decision, receivedOn: CalendarDate, filingIndicator: String,
    corrects: ClaimIntakeID? = nil, interest: Money = .zero
  ) {
    self.id = id
    self.claim = claim
    self.decision = decision
    self.receivedOn = receivedOn
    self.filingIndicator = filingIndicator
    self.corrects = corrects
    self.interest = interest
  }
}

extension ClaimPayment {
  /// Creates the report of a decision to its provider: every line, with the codes of what was taken off.
  ///
  /// - Throws: `RemittanceError` when the decision cannot be reported, such as when an amount exceeds the guide's
  ///   limit.
  package init(_ outcome: ClaimOutcome) throws(RemittanceError) {
    let (claim, decision) = (outcome.claim, outcome.decision)
    let services = Dictionary(claim.lines.map { ($0.number, $0) }) { first, _ in first }
    var lines: [LinePayment] = []
    do throws(MoneyError) {
      for line in decision.lines { lines.append(try LinePayment(line, of: services[line.number])) }
    } catch {
      throw .overflow(at: .claim(claim.claimNumber))
    }
    try self.init(
      claimNumber: claim.claimNumber, status: ClaimPaymentStatus(outcome), charge: decision.charge,
      paid: decision.paid, controlNumber: outcome.id, lines: lines, details: ClaimPaymentDetails(outcome))
  }
}

extension ClaimPaymentStatus {
  fileprivate init(_ outcome: ClaimOutcome) {
    let reasons = outcome.decision.lines.flatMap(\.adjustments).map(\.reason)
    if outcome.decision.isDenied, !reasons.isEmpty, reasons.allSatisfy({ $0 == "31" }) {
      self = .denied
      return
    }
    switch outcome.claim.payerSequence {
    case .primary: self = .primary
    case .secondary: self = .secondary
    // CLP02 has no code for a fourth payer or those after it.
    default: self = .tertiary
    }
  }
}

extension ClaimPaymentDetails {
  fileprivate init(_ outcome: ClaimOutcome) {
    let claim = outcome.claim
    let isInstitutional = claim.kind == .institutional
    self.init(
      filingIndicator: outcome.filingIndicator,
      // Some claims have a longer code than the two characters available. The report then leaves it out rather than
      // failing.
      facilityCode: claim.facilityCode.utf8.count > 2 ? nil : claim.facilityCode,
      frequency: isInstitutional ? claim.frequency.code : nil,
      patient: RemittedPerson(patientOf: claim), insured: RemittedPerson(insuredOf: claim),
      serviceProvider: RemittedProvider(of: claim),
      statementDates: claim.lines.allSatisfy { $0.serviceDates != nil } ? nil : claim.statementDates,
      receivedOn: outcome.receivedOn,
      references: outcome.corrects.map { [.originalClaim($0.text)] } ?? [],
      amounts: outcome.interest == .zero ? [] : [.interest(outcome.interest)])
  }
}

extension RemittedPerson {
  fileprivate init(patientOf claim: SubmittedClaim) {
    switch claim.patient {
    case .subscriber: self.init(claim.subscriber.name, memberID: claim.subscriber.memberID)
    // The guides give a dependent no number of their own, so our ID for a dependent is not a member number.
    case .dependent(let dependent): self.init(dependent.name, memberID: nil)
    }
  }

  /// Returns nil when the insured is the patient.
  fileprivate init?(insuredOf claim: SubmittedClaim) {
    guard case .dependent = claim.patient else { return nil }
    self.init(claim.subscriber.name, memberID: claim.subscriber.memberID)
  }

  private init(_ name: PersonName, memberID: MemberID?) {
    self.init(last: name.last, first: name.first, middle: name.middle, memberID: memberID?.text)
  }
}

extension RemittedProvider {
  /// Returns nil when the payee gave the care, or when the rendering provider has no NPI.
  fileprivate init?(of claim: SubmittedClaim) {
    guard let provider = claim.renderingProvider, let npi = provider.npi, npi != claim.billingProvider.npi else {
      return nil
    }
    // Claims have the name as one text, which fits NM103 of an organization.
    self.init(name: provider.name, isPerson: false, npi: npi)
  }
}

extension ClaimPayment {
  /// Takes back everything reported for the claim: CLP02 is 22, every amount has the opposite sign, and groups and
  /// reasons remain those of the original, not a special reversal code (TR3 005010X221A1, 1.10.2.8; RFI 1147, 2442). A
  /// denial is also reversed, although no money moves (RFI 1741). Units are not amounts and do not change.
  ///
  /// - Throws: `RemittanceError.reversalOfReversal`.
  package func reversed() throws(RemittanceError) -> ClaimPayment {
    guard status != .reversal else { throw .reversalOfReversal(claimNumber) }
    var details = details
    details.amounts = details.amounts.map(\.mirrored)
    return try ClaimPayment(
      claimNumber: claimNumber, status: .reversal, charge: charge.mirrored, paid: paid.mirrored,
      controlNumber: controlNumber, adjustments: adjustments.map(\.mirrored), lines: lines.map(\.mirrored),
      details: details)
  }
}

extension Money {
  /// The negated amount. It cannot overflow, because the amounts of a claim payment are within `Money.claimLimit` in
  /// magnitude.
  fileprivate var mirrored: Money { Money(cents: -cents) }
}

extension RemittedAdjustment {
  fileprivate var mirrored: RemittedAdjustment {
    RemittedAdjustment(group, reason, amount.mirrored, quantity: quantity)
  }
}

extension SupplementalAmount {
  fileprivate var mirrored: SupplementalAmount { SupplementalAmount(qualifier, amount.mirrored) }
}

extension LinePayment {
  fileprivate var mirrored: LinePayment {
    var details = details
    details.amounts = details.amounts.map(\.mirrored)
    return LinePayment(
      charge: charge.mirrored, paid: paid.mirrored, adjustments: adjustments.map(\.mirrored), details: details)
  }
}
