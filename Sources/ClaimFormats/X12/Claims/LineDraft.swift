internal import ClaimsDomain

/// Loop 2400 as it is read.
struct LineDraft {
  let number: Int
  private let segmentNumber: Int
  private let segmentName: X12Code
  /// The segment number of the SV1 or SV2; 0 when there is none.
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
  mutating func take(sv1 segment: X12Segment, _ problems: inout ClaimProblems) {
    serviceNumber = segment.number
    procedure = segment.procedure(1)
    if procedure == nil {
      problems.note(segment.problem(1, component: 2, "the service line has no procedure code"))
    }
    takeAmounts(of: segment, charge: 2, basis: 3, units: 4, &problems)
    placeOfService = segment.text(5)
    diagnosisPointers = problems.value(try segment.diagnosisPointers(7)) ?? []
  }

  /// Reads SV2, an institutional service: the revenue code, and a procedure when the payer requires one.
  mutating func take(sv2 segment: X12Segment, _ problems: inout ClaimProblems) {
    serviceNumber = segment.number
    revenueCode = segment.word(1).map { $0.count < 4 ? String(repeating: "0", count: 4 - $0.count) + $0 : $0 }
    if isTotal { problems.note(segment.problem(1, "revenue code 0001 is the total of a paper bill, and no service")) }
    procedure = segment.procedure(2)
    if procedure == nil, !segment.bytes(2).isEmpty {
      problems.note(segment.problem(2, component: 2, "the service line has no procedure code"))
    } else if procedure == nil, revenueCode == nil {
      problems.note(segment.problem(1, "the service line has neither revenue code nor procedure code"))
    }
    takeAmounts(of: segment, charge: 3, basis: 4, units: 5, &problems)
    nonCovered = problems.value(try segment.charge(7))
    if let nonCovered, let charge, nonCovered > charge {
      problems.note(segment.problem(7, "the non-covered charge is more than the charge"))
    }
  }

  /// Reads the charge, and the units with what they count.
  private mutating func takeAmounts(
    of segment: X12Segment, charge: Int, basis: Int, units: Int, _ problems: inout ClaimProblems
  ) {
    self.charge = problems.value(
      try segment.charge(charge), orElse: segment.problem(charge, "the service line has no charge"))
    self.basis = problems.value(try segment.basis(basis))
    self.units = problems.value(
      try segment.units(units), orElse: segment.problem(units, "the service line has no units"))
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

  /// Returns a pointer to a diagnosis that the claim does not have; nil when there is none.
  ///
  /// - Parameter count: The number of diagnoses of the claim.
  func problem(ofPointersTo count: Int) -> ClaimProblem? {
    guard let pointer = diagnosisPointers.first(where: { $0 > count }) else { return nil }
    return ClaimProblem(
      location: SourceLocation(.segment, serviceNumber, element: "SV107"),
      reason: "it points to diagnosis \(pointer), and the claim has \(count)")
  }

  private var isTotal: Bool { revenueCode == "0001" }

  /// What could be read of the line; nil for a line that is no service.
  ///
  /// - Parameter dates: The dates of the claim.
  func partial(facilityCode: String?, dates: DateRange?) -> PartialClaim.Line? {
    if isTotal { return nil }
    return PartialClaim.Line(
      number: number == 0 ? nil : number, charge: charge, units: units, procedure: procedure,
      placeOfService: placeOfService ?? facilityCode, serviceDates: serviceDates ?? dates)
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
