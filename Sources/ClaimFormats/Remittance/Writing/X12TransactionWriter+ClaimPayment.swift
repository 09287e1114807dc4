import ClaimsDomain

/// Writes loops 2100 and 2110, with their segments in the order of the guide.
extension X12TransactionWriter {
  mutating func write(_ claim: ClaimPayment) throws(X12WriteError) {
    let details = claim.details
    try segment(
      "CLP", .id(claim.claimNumber.text, 38), .code(claim.status.rawValue), .amount(claim.charge), .amount(claim.paid),
      claim.statedResponsibility, .id(details.filingIndicator, 2), .id(claim.controlNumber.text, 50),
      .idIfAny(details.facilityCode, 2), .idIfAny(details.frequency, 1))
    try write(claim.adjustments)
    try write(details.patient, as: "QC")
    if let insured = details.insured { try write(insured, as: "IL") }
    if let provider = details.serviceProvider { try write(provider) }
    if let remarks = details.remarks { try write(remarks) }
    try write(details.references)
    if let dates = details.statementDates {
      try segment("DTM", .code("232"), .day(dates.first))
      try segment("DTM", .code("233"), .day(dates.last))
    }
    if let received = details.receivedOn { try segment("DTM", .code("050"), .day(received)) }
    try write(details.amounts)
    for line in claim.lines { try write(line) }
  }

  private mutating func write(_ line: LinePayment) throws(X12WriteError) {
    let details = line.details
    let procedure = details.procedure
    let modifiers = procedure.modifiers.map { X12Element.id($0, 2) }
    try segment(
      "SVC", .composite([.id(procedure.qualifier, 2), .id(procedure.code, 48)] + modifiers), .amount(line.charge),
      .amount(line.paid), .idIfAny(details.revenueCode, 4), .units(details.unitsPaid), .empty,
      .unitsIfAny(details.unitsSubmitted))
    if let dates = details.serviceDates {
      if dates.first == dates.last {
        try segment("DTM", .code("472"), .day(dates.first))
      } else {
        try segment("DTM", .code("150"), .day(dates.first))
        try segment("DTM", .code("151"), .day(dates.last))
      }
    }
    try write(line.adjustments)
    if let number = details.controlNumber { try segment("REF", .code("6R"), .id(number, 50)) }
    try write(details.references)
    try write(details.amounts)
    for remark in details.remarks { try segment("LQ", .code("HE"), .code(remark)) }
  }

  /// Writes a CAS segment for each group, and a further segment after every six of its adjustments.
  private mutating func write(_ adjustments: [RemittedAdjustment]) throws(X12WriteError) {
    var rest = adjustments[...]
    while let group = rest.first?.group {
      let ofGroup = Array(rest.prefix { $0.group == group })
      rest = rest.dropFirst(ofGroup.count)
      for triplets in ofGroup.chunks(of: 6) {
        let elements = triplets.flatMap { triplet -> [X12Element] in
          [.id(triplet.reason, 5), .amount(triplet.amount), .unitsIfAny(triplet.quantity)]
        }
        try segment("CAS", [.code(group.rawValue)] + elements)
      }
    }
  }

  private mutating func write(_ person: RemittedPerson, as role: String) throws(X12WriteError) {
    let number: [X12Element] = person.memberID.map { [.code("MI"), .id($0, 80)] } ?? []
    try segment(
      "NM1",
      [
        .code(role), .code("1"), .nameIfAny(person.last, 60), .nameIfAny(person.first, 35),
        .nameIfAny(person.middle, 25), .empty, .empty,
      ] + number)
  }

  private mutating func write(_ provider: RemittedProvider) throws(X12WriteError) {
    try segment(
      "NM1", .code("82"), .code(provider.isPerson ? "1" : "2"), .nameIfAny(provider.name, 60),
      .nameIfAny(provider.first, 35), .empty, .empty, .empty, .code("XX"), .id(provider.npi, 80))
  }

  private mutating func write(_ remarks: ClaimRemarks) throws(X12WriteError) {
    let codes = remarks.codes.map { X12Element.id($0, 5) }
    switch remarks {
    case .outpatient: try segment("MOA", [.empty, .empty] + codes)
    case .inpatient(let days, _):
      let between = Array(repeating: X12Element.empty, count: 14)
      try segment(
        "MIA",
        [.number(days), .empty, .empty, .empty] + codes.prefix(1) + (codes.isEmpty ? [.empty] : []) + between
          + codes.dropFirst())
    }
  }

  private mutating func write(_ references: [RemittanceReference]) throws(X12WriteError) {
    for reference in references { try segment("REF", .code(reference.qualifier), .id(reference.value, 50)) }
  }

  private mutating func write(_ amounts: [SupplementalAmount]) throws(X12WriteError) {
    for amount in amounts { try segment("AMT", .code(amount.qualifier), .amount(amount.amount)) }
  }
}

extension ClaimPayment {
  /// CLP05, which is present when the patient owes something. A reversal has none: its PR adjustments state what is no
  /// longer owed (TR3 005010X221A1, CLP05 and 1.10.2.8; RFI 2548).
  fileprivate var statedResponsibility: X12Element {
    status == .reversal || patientResponsibility <= .zero ? .empty : .amount(patientResponsibility)
  }
}
