import ClaimFormats
import ClaimsDomain

/// Rebuilds remittances from the reader's output. They are equal to the originals only if nothing was lost.
struct ReadBack {
  private(set) var advices: [RemittanceAdvice] = []
  private var check: StatedCheck?
  private var claims: [StatedClaim] = []
  private var adjustments: [StatedProviderAdjustments] = []

  struct Lost: Error { var what: String }

  init(_ bytes: [UInt8], longestRead: Int = .max) throws {
    var reader = RemittanceReader(MemoryBytes(bytes, longestRead: longestRead))
    while let item = try reader.next() {
      switch item {
      case .opened(let opened): (check, claims, adjustments) = (opened, [], [])
      case .claim(let claim): claims.append(claim)
      case .adjusted(let adjusted): adjustments.append(adjusted)
      case .closed: advices.append(try advice())
      }
    }
  }

  private func advice() throws -> RemittanceAdvice {
    let check = try Self.kept(check, "ST")
    let payment = try RemittancePayment(
      amount: Self.kept(check.amount, "BPR02"), method: method(of: check), date: Self.kept(check.date, "BPR16"),
      trace: Self.kept(check.trace, "TRN02"), originator: Self.kept(check.originator, "TRN03"))
    let providerAdjustments = try adjustments.flatMap(\.adjustments).map { adjustment in
      let reason = try Self.kept(ProviderAdjustmentReason(rawValue: adjustment.reason), "PLB03-1")
      return ProviderAdjustment(reason, reference: adjustment.reference, adjustment.amount)
    }
    return try RemittanceAdvice(
      payment: payment, producedOn: Self.kept(check.producedOn, "DTM*405"), receiverID: check.receiverID,
      payer: payer(check.payer), payee: payee(check.payee), claims: claims.map(Self.claim),
      adjustments: providerAdjustments,
      // PLB02 exists only with a PLB; without one, the file does not contain the fiscal year.
      fiscalPeriodEnd: adjustments.first?.fiscalPeriodEnd ?? Sample.day("2026-12-31"))
  }

  private func method(of check: StatedCheck) throws -> PaymentMethod {
    switch check.method {
    case "CHK": .check
    case "NON": .none
    case "ACH": .transfer(try Self.kept(check.transfer, "BPR07"))
    default: throw Lost(what: "BPR04")
    }
  }

  private func payer(_ party: StatedParty) throws -> RemittancePayer {
    RemittancePayer(
      name: try Self.kept(party.name, "N102"), address: try Self.kept(address(party), "N4"),
      payerID: party.references.first { $0.qualifier == "2U" }.map { PayerID($0.value) },
      businessContact: party.contacts["CX"], technicalContact: try Self.kept(party.contacts["BL"], "PER*BL"),
      website: party.website)
  }

  private func payee(_ party: StatedParty) throws -> RemittancePayee {
    let number = try Self.kept(party.identifier, "N104")
    let taxID = party.references.first { $0.qualifier == "TJ" }?.value
    return RemittancePayee(
      name: try Self.kept(party.name, "N102"),
      identity: party.qualifier == "XX" ? .npi(number, taxID: taxID) : .taxID(number),
      address: address(party))
  }

  private func address(_ party: StatedParty) -> Address? {
    party.city.map {
      Address(lines: party.addressLines, city: $0, state: party.state ?? "", postalCode: party.postalCode ?? "")
    }
  }

  private static func claim(_ stated: StatedClaim) throws -> ClaimPayment {
    guard stated.problems.isEmpty else { throw Lost(what: "an amount") }
    let details = ClaimPaymentDetails(
      filingIndicator: try kept(stated.filingIndicator, "CLP06"), facilityCode: stated.facilityCode,
      frequency: stated.frequency, patient: try kept(stated.patient, "NM1*QC"), insured: stated.insured,
      serviceProvider: stated.serviceProvider, remarks: stated.remarks,
      statementDates: dates(stated.statementFrom, stated.statementTo), receivedOn: stated.receivedOn,
      references: stated.references, amounts: stated.amounts)
    let claim = try ClaimPayment(
      claimNumber: ClaimNumber(kept(stated.claimNumber, "CLP01")),
      status: kept(stated.status.flatMap(ClaimPaymentStatus.init), "CLP02"), charge: kept(stated.charge, "CLP03"),
      paid: kept(stated.paid, "CLP04"), controlNumber: ClaimIntakeID(kept(stated.controlNumber, "CLP07")),
      adjustments: adjustments(stated.adjustments), lines: stated.lines.map(line), details: details)
    let owed = claim.status == .reversal || claim.patientResponsibility <= .zero ? nil : claim.patientResponsibility
    guard stated.responsibility == owed else { throw Lost(what: "CLP05") }
    return claim
  }

  private static func line(_ stated: StatedLine) throws -> LinePayment {
    let details = LinePaymentDetails(
      procedure: try kept(stated.procedure, "SVC01"), revenueCode: stated.revenueCode,
      unitsPaid: try kept(stated.unitsPaid, "SVC05"), unitsSubmitted: stated.unitsSubmitted,
      serviceDates: dates(stated.firstDay, stated.lastDay), controlNumber: stated.controlNumber,
      references: stated.references, amounts: stated.amounts, remarks: stated.remarks)
    return LinePayment(
      charge: try kept(stated.charge, "SVC02"), paid: try kept(stated.paid, "SVC03"),
      adjustments: try adjustments(stated.adjustments), details: details)
  }

  private static func adjustments(_ stated: [StatedAdjustment]) throws -> [RemittedAdjustment] {
    try stated.map { adjustment in
      let group = try kept(AdjustmentGroup(rawValue: adjustment.group), "CAS01")
      return RemittedAdjustment(group, adjustment.reason, adjustment.amount, quantity: adjustment.quantity)
    }
  }

  private static func dates(_ first: CalendarDate?, _ last: CalendarDate?) -> DateRange? {
    guard let first, let last else { return nil }
    return DateRange(first, through: last)
  }

  private static func kept<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw Lost(what: what) }
    return value
  }
}
