import ClaimFormats
import ClaimsDomain

/// Fictional people, a fictional payer, and amounts for tests.
enum Sample {
  static func money(_ text: String) throws -> Money { try Money(parsing: text) }

  static func day(_ text: String) throws -> CalendarDate {
    guard let day = CalendarDate(parsing: text) else { throw Wrong() }
    return day
  }

  struct Wrong: Error {}

  static let payer = RemittancePayer(
    name: "EVERGLADE HEALTH PLAN",
    address: Address(lines: ["12 HERON WAY"], city: "TALLAHASSEE", state: "FL", postalCode: "32301"),
    payerID: PayerID("SAMPLE01"), businessContact: RemittanceContact(name: "CLAIM SERVICE", telephone: "8505550100"),
    technicalContact: RemittanceContact(name: "EDI DESK", telephone: "8505550101", email: "edi@example.com"))

  static let payee = RemittancePayee(
    name: "LARKSPUR CLINIC", identity: .npi("1234567893", taxID: "591234567"),
    address: Address(lines: ["7 MILL ROAD", "SUITE 3"], city: "OCALA", state: "FL", postalCode: "34470"))

  static let patient = RemittedPerson(last: "Quillfeather", first: "Ambrose", middle: "T", memberID: "M0001")

  static let transfer = PaymentMethod.transfer(
    FundsTransfer(
      senderRouting: "021000021", senderAccount: "1000001", receiverRouting: "011401533", receiverAccount: "2000002"))

  static func details(
    patient: RemittedPerson = patient, references: [RemittanceReference] = [], amounts: [SupplementalAmount] = []
  ) -> ClaimPaymentDetails {
    ClaimPaymentDetails(
      filingIndicator: "12", facilityCode: "11", patient: patient, references: references, amounts: amounts)
  }

  static func line(
    _ code: String, charge: String, paid: String, _ adjustments: [RemittedAdjustment] = [], allowed: String? = nil,
    qualifier: String = "HC", number: Int = 1
  ) throws -> LinePayment {
    let details = LinePaymentDetails(
      procedure: ProcedureCode(qualifier: qualifier, code: code), serviceDates: DateRange(try day("2026-03-02")),
      controlNumber: "\(number)", amounts: try allowed.map { [.allowed(try money($0))] } ?? [])
    return LinePayment(charge: try money(charge), paid: try money(paid), adjustments: adjustments, details: details)
  }

  static func adjustment(_ group: AdjustmentGroup, _ reason: String, _ amount: String) throws -> RemittedAdjustment {
    RemittedAdjustment(group, reason, try money(amount))
  }

  static func claim(
    _ number: String = "A-1001", _ status: ClaimPaymentStatus = .primary, charge: String, paid: String,
    controlNumber: String? = nil, _ adjustments: [RemittedAdjustment] = [], lines: [LinePayment] = [],
    details: ClaimPaymentDetails = details()
  ) throws -> ClaimPayment {
    try ClaimPayment(
      claimNumber: ClaimNumber(number), status: status, charge: money(charge), paid: money(paid),
      controlNumber: ClaimIntakeID(controlNumber ?? "CLM-\(number)"), adjustments: adjustments, lines: lines,
      details: details)
  }

  static func payment(_ amount: String, trace: String = "70001", method: PaymentMethod? = nil) throws
    -> RemittancePayment
  {
    let amount = try money(amount)
    return try RemittancePayment(
      amount: amount, method: method ?? (amount == .zero ? .none : .check), date: day("2026-03-20"), trace: trace,
      originator: "1591112222")
  }

  static func advice(
    paying amount: String, _ claims: [ClaimPayment], _ adjustments: [ProviderAdjustment] = [], trace: String = "70001",
    method: PaymentMethod? = nil
  ) throws -> RemittanceAdvice {
    try RemittanceAdvice(
      payment: payment(amount, trace: trace, method: method), producedOn: day("2026-03-18"), receiverID: "CLEARING7",
      payer: payer, payee: payee, claims: claims, adjustments: adjustments, fiscalPeriodEnd: day("2026-12-31"))
  }

  static func envelope(interchange: Int = 101) throws -> X12Envelope {
    guard let moment = X12Moment(try day("2026-03-19"), hour: 6, minute: 30),
      let control = X12ControlNumber(interchange), let group = X12ControlNumber(7)
    else { throw Wrong() }
    return X12Envelope(
      sender: X12Address(identifier: "SAMPLE01"), receiver: X12Address(identifier: "LARKSPUR"), written: moment,
      interchangeControl: control, groupControl: group, isProduction: true)
  }

  static func file(_ advices: [RemittanceAdvice]) throws -> [UInt8] {
    guard let first = X12ControlNumber(1) else { throw Wrong() }
    return try RemittanceFile.bytes(advices, in: envelope(), firstTransaction: first)
  }

  static func text(_ advice: RemittanceAdvice) throws -> String { String(decoding: try file([advice]), as: UTF8.self) }
}
