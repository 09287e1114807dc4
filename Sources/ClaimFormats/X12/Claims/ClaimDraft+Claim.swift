internal import ClaimsDomain

extension ClaimDraft {
  /// - Throws: `ClaimProblem`: the first problem found, or what is missing.
  func claim(
    of parties: ClaimParties, sender: ClaimSender?, isTest: Bool, digest: String
  ) throws(ClaimProblem) -> SubmittedClaim {
    if let problem = problems.first { throw problem }
    guard let claimNumber, let charge, let frequency, case .billable(let kind) = kind else {
      throw missing("LX", "the claim has no service line")
    }
    for line in lines {
      try line.check(diagnoses: kind == .professional ? principal.count + otherDiagnoses.count : nil)
    }
    if kind == .institutional { try checkStay() }
    var codes = codes
    codes.take(filing: parties.filing)
    guard lineCount <= kind.lineLimit else {
      throw missing(
        "LX", "the claim has \(lineCount) service lines; \(kind.rawValue) claims may have \(kind.lineLimit)")
    }
    return SubmittedClaim(
      kind: kind, claimNumber: claimNumber, payer: parties.payer, payerSequence: parties.payerSequence,
      frequency: frequency,
      payerControlNumber: payerControlNumber, priorAuthorization: priorAuthorization, facilityCode: facilityCode,
      charge: charge, billingProvider: parties.billingProvider, renderingProvider: rendering?.provider,
      subscriber: parties.subscriber, patient: parties.patient, diagnoses: principal + otherDiagnoses,
      statementDates: statementDates,
      otherPayers: otherPayers.isEmpty ? nil : otherPayers.map { $0.payer(decidedOnLines) },
      lines: try serviceLines(),
      sender: sender, purpose: parties.purpose, isTest: isTest ? true : nil,
      assignsBenefits: assignsBenefits, relatedCauses: codes.relatedCauses.isEmpty ? nil : codes.relatedCauses,
      earlierPayer: codes.earlierPayer, stay: codes.stay == FacilityStay() ? nil : codes.stay,
      acceptedInFull: acceptedInFull, sharesCareAfter: sharesCareAfter, digest: digest)
  }

  /// Checks that the days of an institutional claim are consistent with a single stay.
  private func checkStay() throws(ClaimProblem) {
    guard let statement = statementDates, let admitted = codes.admitted, admitted > statement.last else { return }
    throw missing("DTP*435", "the patient was admitted after the last day of the statement (DTP*434)")
  }

  private var decidedOnLines: [PayerID: CalendarDate] {
    lines.reduce(into: [:]) { days, line in days.merge(line.decidedOn, uniquingKeysWith: max) }
  }

  private func serviceLines() throws(ClaimProblem) -> [ServiceLine] {
    var result: [ServiceLine] = []
    result.reserveCapacity(lines.count)
    for line in lines {
      result.append(try line.line(facilityCode: facilityCode, dates: serviceDates ?? statementDates))
    }
    return result
  }

  private func missing(_ element: String, _ reason: String) -> ClaimProblem {
    ClaimProblem(location: SourceLocation(.segment, number, element: element), reason: reason)
  }
}
