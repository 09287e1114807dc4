import ClaimsDomain
import TestSupport

/// Random remittances for one provider, check after check. The part of a balance that a check cannot pay is carried to
/// the next one.
struct MadeUpRemittances {
  private var generator: SeededGenerator
  private var carried: ForwardedBalance?
  private var number = 0

  private let mostAdjustments: Int

  /// - Parameter mostAdjustments: the maximum number of provider adjustments on a check, before forwarding balances.
  init(seed: UInt64, mostAdjustments: Int = 14) {
    generator = SeededGenerator(seed: seed)
    self.mostAdjustments = mostAdjustments
  }

  mutating func next() throws -> RemittanceAdvice {
    number += 1
    let trace = "T\(number + 100_000)"
    var claims: [ClaimPayment] = []
    for position in 0..<count(0...6) { claims += try claimOrCorrection(named: "P\(number)-\(position)") }
    let others = try (0..<(oneIn(3) ? count(1...mostAdjustments) : 0)).map { _ in try providerAdjustment() }
    let plan = try CheckPlan(claimsPaid: claims.map(\.paid), adjustments: others, carried: carried, trace: trace)
    carried = plan.carriedForward
    let method: PaymentMethod = plan.payment == .zero ? .none : oneIn(2) ? .check : Sample.transfer
    return try RemittanceAdvice(
      payment: RemittancePayment(
        amount: plan.payment, method: method, date: day(), trace: trace, originator: "1591112222"),
      producedOn: day(), receiverID: oneIn(2) ? "CLEARING7" : nil, payer: payer(), payee: payee(), claims: claims,
      adjustments: plan.adjustments, fiscalPeriodEnd: Sample.day("2026-12-31"))
  }

  private mutating func claimOrCorrection(named number: String) throws -> [ClaimPayment] {
    guard oneIn(4) else { return [try claim(number, control: "CLM-\(number)")] }
    let original = try claim(number, control: "OLD-\(number)")
    return [
      try original.reversed(), try claim(number, control: "CLM-\(number)", correcting: original.controlNumber.text),
    ]
  }

  private mutating func claim(_ number: String, control: String, correcting: String? = nil) throws -> ClaimPayment {
    let isInpatient = oneIn(6)
    let isDenied = oneIn(8)
    let lines = try isInpatient ? [] : (0..<count(1...7)).map { try line(number: $0 + 1, isDenied: isDenied) }
    var left = try isInpatient ? amount(upTo: 900_000) : lines.map(\.paid).total()
    let charge = try isInpatient ? left : lines.map(\.charge).total()
    let takesOff = isInpatient || oneIn(4)
    let adjustments = takesOff ? try adjustments(from: &left, all: isDenied) : []
    return try ClaimPayment(
      claimNumber: ClaimNumber(number), status: isDenied ? .denied : status(), charge: charge, paid: left,
      controlNumber: ClaimIntakeID(control), adjustments: adjustments, lines: lines,
      details: details(isInpatient: isInpatient, correcting: correcting))
  }

  private mutating func status() -> ClaimPaymentStatus {
    pick([.primary, .primary, .secondary, .tertiary, .primaryForwarded, .secondaryForwarded, .tertiaryForwarded])
  }

  private mutating func line(number: Int, isDenied: Bool) throws -> LinePayment {
    let charge = amount(upTo: 250_000)
    var left = charge
    let adjustments = isDenied || !oneIn(5) ? try adjustments(from: &left, all: isDenied) : []
    let first = try day()
    let units = Units(thousandths: Int64(count(1...40)) * 500)
    let hasRevenueCode = oneIn(5)
    let details = LinePaymentDetails(
      procedure: procedure(), revenueCode: hasRevenueCode ? "0450" : nil, unitsPaid: units,
      unitsSubmitted: oneIn(4) ? Units(count(1...90)) : nil,
      serviceDates: try oneIn(3) ? DateRange(first, through: Sample.day("2026-12-30")) : DateRange(first),
      controlNumber: oneIn(6) ? nil : "L\(number)",
      references: oneIn(4) ? [RemittanceReference("LU", "SITE\(count(1...99))")] : [],
      amounts: oneIn(2) ? [.allowed(left)] : [], remarks: oneIn(3) ? [pick(["N130", "M15", "N448", "MA130"])] : [])
    return LinePayment(charge: charge, paid: left, adjustments: adjustments, details: details)
  }

  private mutating func procedure() -> ProcedureCode {
    if oneIn(8) { return ProcedureCode(qualifier: "NU", code: "0300") }
    let modifiers = (0..<count(0...4)).map { ["25", "59", "TC", "RT"][$0] }
    return ProcedureCode(code: pick(["99213", "G0463", "J1885", "71046", "D0120"]), modifiers: modifiers)
  }

  /// Takes random adjustments from the remaining amount: sometimes more than six in a group, sometimes a negative one.
  private mutating func adjustments(from left: inout Money, all: Bool) throws -> [RemittedAdjustment] {
    var adjustments: [RemittedAdjustment] = []
    for position in 0..<(oneIn(6) ? count(7...15) : count(1...3)) {
      let isRaise = oneIn(12)
      let part = Money(cents: isRaise ? -Int64(count(1...5_000)) : min(left.cents, amount(upTo: 20_000).cents))
      guard part != .zero else { continue }
      left = try left - part
      let group: AdjustmentGroup = pick([.contractual, .contractual, .patientResponsibility, .other, .payerInitiated])
      let reason = ["45", "1", "2", "3", "97", "23", "253", "96", "16", "B7", "P12", "187", "94", "151", "119"][
        position]
      adjustments.append(RemittedAdjustment(group, reason, part, quantity: oneIn(9) ? Units(count(1...9)) : nil))
    }
    if all, left != .zero {
      adjustments.append(RemittedAdjustment(.contractual, "29", left))
      left = .zero
    }
    return adjustments
  }

  private mutating func details(isInpatient: Bool, correcting: String?) throws -> ClaimPaymentDetails {
    let remarks = (0..<count(1...5)).map { ["MA01", "N130", "M15", "N448", "MA130"][$0] }
    return ClaimPaymentDetails(
      filingIndicator: pick(["12", "HM", "MC", "CH"]), facilityCode: oneIn(5) ? nil : isInpatient ? "11" : "22",
      frequency: isInpatient ? "1" : nil,
      patient: RemittedPerson(
        last: pick(["Quillfeather", "O'Dell", "van der Meer"]), first: oneIn(9) ? nil : pick(["Ambrose", "Jo-Ann"]),
        middle: oneIn(3) ? "T" : nil, memberID: oneIn(9) ? nil : "M\(count(1_000...9_999))"),
      insured: oneIn(4) ? RemittedPerson(last: "Marchbank", first: "Delphine", memberID: "M0002") : nil,
      serviceProvider: oneIn(3)
        ? RemittedProvider(name: "Hale", first: "Ida", isPerson: true, npi: "1234567893") : nil,
      remarks: oneIn(4) ? (isInpatient ? .inpatient(coveredDays: count(0...30), remarks) : .outpatient(remarks)) : nil,
      statementDates: try isInpatient ? DateRange(Sample.day("2026-01-02"), through: Sample.day("2026-01-09")) : nil,
      receivedOn: try oneIn(2) ? day() : nil, references: correcting.map { [.originalClaim($0)] } ?? [],
      amounts: oneIn(3) ? [.covered(amount(upTo: 90_000)), SupplementalAmount("I", amount(upTo: 500))] : [])
  }

  private mutating func providerAdjustment() throws -> ProviderAdjustment {
    let amount = amount(upTo: 60_000)
    return switch count(0...4) {
    case 0: try .interest(amount, reference: "INT\(count(1...99))")
    case 1: .recovery(of: amount, claim: ClaimIntakeID("OLD-\(count(1...99))"))
    case 2: try .postponedRecovery(of: amount, claim: ClaimIntakeID("OLD-\(count(1...99))"))
    case 3: ProviderAdjustment(.authorizedReturn, reference: "R\(count(1...99))", amount)
    default: ProviderAdjustment(.adjustment, oneIn(2) ? amount : Money(cents: -amount.cents))
    }
  }

  private mutating func payer() -> RemittancePayer {
    var payer = Sample.payer
    if oneIn(3) { payer.businessContact = nil }
    if oneIn(3) { payer.website = "www.example.com/policies" }
    return payer
  }

  private mutating func payee() -> RemittancePayee {
    oneIn(4) ? RemittancePayee(name: "Oakhurst Labs", identity: .taxID("591234567")) : Sample.payee
  }

  // MARK: Random values

  private mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  private mutating func oneIn(_ number: Int) -> Bool { count(1...number) == 1 }

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[count(0...values.count - 1)] }

  private mutating func amount(upTo cents: Int) -> Money { Money(cents: Int64(count(1...cents))) }

  private mutating func day() throws -> CalendarDate { try Sample.day("2026-0\(count(1...9))-1\(count(0...9))") }
}
