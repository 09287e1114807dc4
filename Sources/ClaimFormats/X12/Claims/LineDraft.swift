internal import ClaimsDomain

/// Loop 2400 as it is read.
struct LineDraft {
  let number: Int
  private let segmentNumber: Int
  private let segmentName: X12Code
  /// The segment number of the SV1 or SV2.
  private var serviceNumber = 0
  private var procedure: ProcedureCode?
  private var revenueCode: String?
  private var charge: Money?
  private var units: Units?
  private var placeOfService: String?
  private var diagnosisPointers: [Int] = []
  private var serviceDates: DateRange?
  private var otherPayers: [OtherPayerLine] = []
  private var basis: UnitsBasis?
  /// DTP*573 by payer.
  private(set) var decidedOn: [PayerID: CalendarDate] = [:]
  private var nonCovered: Money?
  private var acceptedInFull: Money?
  private var rendering: ProviderDraft?
  private var controlNumber: String?

  init(number: Int, begunBy segment: X12Segment) {
    self.number = number
    segmentNumber = segment.number
    segmentName = segment.name
  }

  /// Reads SV1, a professional service.
  mutating func take(sv1 segment: X12Segment) throws(ClaimProblem) {
    serviceNumber = segment.number
    procedure = segment.procedure(1)
    guard procedure != nil else { throw segment.problem(1, component: 2, "the service line has no procedure code") }
    charge = try segment.charge(2)
    guard charge != nil else { throw segment.problem(2, "the service line has no charge") }
    basis = try segment.basis(3)
    units = try segment.units(4)
    guard units != nil else { throw segment.problem(4, "the service line has no units") }
    placeOfService = segment.text(5)
    diagnosisPointers = try segment.diagnosisPointers(7)
  }

  /// Reads SV2, an institutional service: the revenue code, and a procedure when the payer requires one.
  mutating func take(sv2 segment: X12Segment) throws(ClaimProblem) {
    revenueCode = segment.word(1).map { $0.count < 4 ? String(repeating: "0", count: 4 - $0.count) + $0 : $0 }
    guard revenueCode != "0001" else {
      throw segment.problem(1, "revenue code 0001 is the total of a paper bill, and no service")
    }
    procedure = segment.procedure(2)
    guard procedure != nil || segment.bytes(2).isEmpty else {
      throw segment.problem(2, component: 2, "the service line has no procedure code")
    }
    guard revenueCode != nil || procedure != nil else {
      throw segment.problem(1, "the service line has neither revenue code nor procedure code")
    }
    charge = try segment.charge(3)
    guard charge != nil else { throw segment.problem(3, "the service line has no charge") }
    basis = try segment.basis(4)
    units = try segment.units(5)
    nonCovered = try segment.charge(7)
    if let nonCovered, let charge, nonCovered > charge {
      throw segment.problem(7, "the non-covered charge is more than the charge")
    }
    guard units != nil else { throw segment.problem(5, "the service line has no units") }
  }

  /// Reads SVD, another payer's payment for the line.
  mutating func take(svd segment: X12Segment) {
    guard otherPayers.count <= X12Limits.otherPayers else { return }
    // A payment without a payer or an amount belongs to no payer and does not balance.
    let (payer, paid) = (segment.text(1) ?? "", segment.signedAmount(2) ?? Money(cents: -1))
    otherPayers.append(OtherPayerLine(payer: PayerID(payer), paid: paid))
  }

  /// Reads a CAS that follows an SVD.
  mutating func take(cas segment: X12Segment) {
    guard let last = otherPayers.last, last.adjustments.count <= X12Limits.adjustments else { return }
    otherPayers[otherPayers.count - 1].adjustments += segment.otherPayerAdjustments()
  }

  /// Reads NM1*82 in loop 2420A.
  mutating func open(rendering segment: X12Segment) { rendering = ProviderDraft(nm1: segment) }

  mutating func takeRendering(_ segment: X12Segment) { rendering?.take(segment) }

  /// Reads a CN1 of type 09.
  mutating func take(cn1 segment: X12Segment) throws(ClaimProblem) {
    if segment.code(1) == "09" { acceptedInFull = try segment.charge(2) }
  }

  mutating func take(ref segment: X12Segment) {
    if segment.code(1) == "6R" { controlNumber = segment.text(2) }
  }

  mutating func take(dtp segment: X12Segment) throws(ClaimProblem) {
    switch segment.code(1) {
    case "472": serviceDates = try segment.dates(3)
    case "573":
      if let payer = otherPayers.last?.payer, let day = try segment.date(3) {
        decidedOn[payer] = max(day, decidedOn[payer] ?? day)
      }
    default: break
    }
  }

  /// - Parameter count: The number of diagnoses of the claim; nil when lines do not point to them.
  func check(diagnoses count: Int?) throws(ClaimProblem) {
    guard let count, let pointer = diagnosisPointers.first(where: { $0 > count }) else { return }
    throw ClaimProblem(
      location: SourceLocation(.segment, serviceNumber, element: "SV107"),
      reason: "it points to diagnosis \(pointer), and the claim has \(count)")
  }

  /// Returns the service line. A line without a date takes the claim's dates. When the claim has none either, the line
  /// is left for adjudication to deny (CO-16), since everything else can be read.
  ///
  /// - Throws: `ClaimProblem` when the line has no service.
  func line(facilityCode: String, dates: DateRange?) throws(ClaimProblem) -> ServiceLine {
    guard let charge, let units else {
      throw ClaimProblem(
        location: SourceLocation(.segment, segmentNumber, element: segmentName.description),
        reason: "the service line has no service (SV1 or SV2)")
    }
    return ServiceLine(
      number: number, procedure: procedure, revenueCode: revenueCode, charge: charge, units: units,
      placeOfService: placeOfService ?? facilityCode, serviceDates: serviceDates ?? dates,
      diagnosisPointers: diagnosisPointers, otherPayers: otherPayers.isEmpty ? nil : otherPayers,
      basis: basis, nonCovered: nonCovered.flatMap { $0 == .zero ? nil : $0 }, acceptedInFull: acceptedInFull,
      renderingProvider: rendering?.provider,
      controlNumber: controlNumber)
  }
}
