internal import ClaimsDomain

extension ClaimDraft {
  /// - Throws: `ClaimProblem`, the first that was found or what is missing.
  func claim(
    of parties: ClaimParties, sequence: PayerSequence, sender: ClaimSender?, digest: String
  ) throws(ClaimProblem) -> SubmittedClaim {
    if let problem { throw problem }
    guard let claimNumber, let charge, case .billable(let kind) = kind else {
      throw missing("LX", "the claim has no service line")
    }
    guard lineCount <= kind.lineLimit else {
      throw missing(
        "LX", "the claim has \(lineCount) service lines; \(kind.rawValue) claims may have \(kind.lineLimit)")
    }
    return SubmittedClaim(
      kind: kind, claimNumber: claimNumber, payer: parties.payer, payerSequence: sequence, frequency: frequency,
      payerControlNumber: payerControlNumber, priorAuthorization: priorAuthorization, facilityCode: facilityCode,
      charge: charge, billingProvider: parties.billingProvider, renderingProvider: rendering?.provider,
      subscriber: parties.subscriber, patient: parties.patient, diagnoses: principal + otherDiagnoses,
      statementDates: statementDates, otherPayers: decidedBefore, lines: try serviceLines(),
      sender: sender, digest: digest)
  }

  /// Payers that come after us are named in the same loops, and have decided nothing.
  private var decidedBefore: [OtherPayer]? {
    let decided = otherPayers.compactMap(\.payer)
    return decided.isEmpty ? nil : decided
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
