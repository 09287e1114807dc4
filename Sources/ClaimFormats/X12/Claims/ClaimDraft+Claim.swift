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
    if let problem = contradictions.first { throw problem }
    var codes = codes
    codes.take(filing: parties.filing)
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

  /// Where the claim's parts, as far as they can be read, contradict one another.
  var contradictions: [ClaimProblem] {
    guard case .billable(let kind) = kind else { return [] }
    var found: [ClaimProblem] = []
    switch kind {
    case .professional:
      // Where diagnoses are missing or unreadable, that is reported, and not what points to them.
      let count = principal.count + otherDiagnoses.count
      let isReadable = problems.first == nil || (count > 0 && !problems.concern("HI"))
      if isReadable { found += lines.compactMap { $0.problem(ofPointersTo: count) } }
    case .institutional:
      if let statementDates, let admitted = codes.admitted, admitted > statementDates.last {
        found.append(missing("DTP*435", "the patient was admitted after the last day of the statement (DTP*434)"))
      }
    }
    if lineCount > kind.lineLimit {
      found.append(
        missing("LX", "the claim has \(lineCount) service lines; \(kind.rawValue) claims may have \(kind.lineLimit)"))
    }
    return found
  }

  /// What could be read of the claim.
  ///
  /// - Parameter isWhole: Whether all segments since its CLM are known to be its own.
  func partial(_ billingProvider: Provider?, _ sender: ClaimSender?, isWhole: Bool) -> PartialClaim {
    let claimKind: ClaimKind? = if case .billable(let kind) = kind { kind } else { nil }
    let dates = serviceDates ?? statementDates
    return PartialClaim(
      at: SourceLocation(.segment, number), kind: claimKind, sender: sender, charge: charge,
      facilityCode: facilityCode.isEmpty ? nil : facilityCode, billingProvider: billingProvider,
      renderingProvider: rendering?.provider, diagnoses: principal + otherDiagnoses, statementDates: statementDates,
      lines: lines.compactMap { $0.partial(facilityCode: facilityCode.isEmpty ? nil : facilityCode, dates: dates) },
      hasAllLines: isWhole && !hasLostSegment && lines.count == lineCount)
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
