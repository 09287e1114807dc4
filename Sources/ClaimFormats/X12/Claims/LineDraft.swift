internal import ClaimsDomain

/// Loop 2400 as it comes in.
struct LineDraft {
  let number: Int
  private let segmentNumber: Int
  private let segmentName: X12Code
  private var procedure: ProcedureCode?
  private var revenueCode: String?
  private var charge: Money?
  private var units: Units?
  private var placeOfService: String?
  private var diagnosisPointers: [Int] = []
  private var serviceDates: DateRange?
  private var otherPayers: [OtherPayerLine] = []

  init(number: Int, begunBy segment: X12Segment) {
    self.number = number
    segmentNumber = segment.number
    segmentName = segment.name
  }

  /// SV1, professional service.
  mutating func take(sv1 segment: X12Segment) throws(ClaimProblem) {
    procedure = segment.procedure(1)
    guard procedure != nil else { throw segment.problem(1, component: 2, "the service line has no procedure code") }
    charge = try segment.charge(2)
    guard charge != nil else { throw segment.problem(2, "the service line has no charge") }
    units = try segment.units(4)
    placeOfService = segment.text(5)
    diagnosisPointers = (0..<min(segment.componentCount(7), 12)).compactMap { index in
      segment.text(7, component: index + 1).flatMap { Int($0) }.flatMap { (1...99).contains($0) ? $0 : nil }
    }
  }

  /// SV2, institutional service: the revenue code, and a procedure where the payer wants one.
  mutating func take(sv2 segment: X12Segment) throws(ClaimProblem) {
    revenueCode = segment.text(1).map { $0.count < 4 ? String(repeating: "0", count: 4 - $0.count) + $0 : $0 }
    procedure = segment.procedure(2)
    guard revenueCode != nil || procedure != nil else {
      throw segment.problem(1, "the service line has neither revenue code nor procedure code")
    }
    charge = try segment.charge(3)
    guard charge != nil else { throw segment.problem(3, "the service line has no charge") }
    units = try segment.units(5)
  }

  /// SVD: what another payer paid of the line.
  mutating func take(svd segment: X12Segment) {
    guard otherPayers.count <= X12Limits.otherPayers else { return }
    // Without a payer or an amount it is nobody's, and does not balance.
    let (payer, paid) = (segment.text(1) ?? "", segment.signedAmount(2) ?? Money(cents: -1))
    otherPayers.append(OtherPayerLine(payer: PayerID(payer), paid: paid))
  }

  /// CAS behind an SVD.
  mutating func take(cas segment: X12Segment) {
    guard let last = otherPayers.last, last.adjustments.count <= X12Limits.adjustments else { return }
    otherPayers[otherPayers.count - 1].adjustments += segment.otherPayerAdjustments()
  }

  mutating func take(dtp segment: X12Segment) throws(ClaimProblem) {
    if segment.code(1) == "472" { serviceDates = try segment.dates(3) }
  }

  /// A line without a date takes the claim's; where that has none either, it is for adjudication to deny (CO-16), since
  /// all else can be read.
  ///
  /// - Throws: `ClaimProblem` when the line has no service.
  func line(facilityCode: String, dates: DateRange?) throws(ClaimProblem) -> ServiceLine {
    guard let charge else {
      throw ClaimProblem(
        location: SourceLocation(.segment, segmentNumber, element: segmentName.description),
        reason: "the service line has no service (SV1 or SV2)")
    }
    return ServiceLine(
      number: number, procedure: procedure, revenueCode: revenueCode, charge: charge, units: units ?? .one,
      placeOfService: placeOfService ?? facilityCode, serviceDates: serviceDates ?? dates,
      diagnosisPointers: diagnosisPointers, otherPayers: otherPayers.isEmpty ? nil : otherPayers)
  }
}
