internal import ClaimsDomain

/// The codes and dates of a claim outside CLM: who may be liable for the care, who pays before us, and which days of a
/// stay are covered (NUBC condition, occurrence, occurrence span, and value codes).
struct BillingCodesDraft {
  /// The related causes in CLM11's codes: AA auto accident, EM employment, OA other accident.
  private(set) var relatedCauses: [String] = []
  /// The first value code that names another payer who pays before us.
  private(set) var earlierPayer: String?
  private(set) var stay = FacilityStay()
  private(set) var admitted: CalendarDate?

  /// Occurrence codes 01 to 06, with the cause each implies.
  private static let occurrences = ["01": "OA", "02": "AA", "03": "OA", "04": "EM", "05": "OA", "06": "OA"]
  /// Value codes of liable payers, with the cause each implies: 14 no-fault, 15 workers' compensation, 41 black lung,
  /// 47 liability. Codes 12, 13, 16, 42, and 43 below are group health plans and federal programs.
  private static let liable = ["14": "AA", "15": "EM", "41": "EM", "47": "OA"]
  private static let payers: Set = ["12", "13", "14", "15", "16", "41", "42", "43", "47"]
  private static let noncoveredSpans: Set = ["74", "76", "77", "79"]
  /// SBR09 of the payer that the claim is sent to, with the cause each implies.
  private static let filings = ["AM": "AA", "LM": "OA", "WC": "EM"]

  /// Reads an HI of the claim.
  ///
  /// - Throws: `ClaimProblem` when a number of days is not valid.
  mutating func take(hi segment: X12Segment) throws(ClaimProblem) {
    for element in 1...max(1, segment.elementCount) {
      guard let code = segment.word(element, component: 2) else { continue }
      switch segment.code(element, component: 1) {
      case "BG": take(condition: code)
      case "BH": take(occurrence: code)
      case "BI": take(span: code)
      case "BE":
        take(value: code)
        if code == "80" { stay.coveredDays = try days(segment, element) }
        if code == "81" { stay.noncoveredDays = try days(segment, element) }
      default: break
      }
    }
  }

  mutating func take(condition code: String) {
    if code == "02" { add("EM") }
    if code == "21" { stay.isForDenial = true }
  }

  mutating func take(occurrence code: String) {
    if let cause = Self.occurrences[code] { add(cause) }
  }

  mutating func take(span code: String) {
    if Self.noncoveredSpans.contains(code) { stay.hasNoncoveredSpan = true }
  }

  mutating func take(value code: String) {
    if Self.payers.contains(code) { earlierPayer = earlierPayer ?? code }
    if let cause = Self.liable[code] { add(cause) }
  }

  /// Takes the number of days that value code 80 (covered) or 81 (not covered) states.
  mutating func take(days: Int, of code: String) {
    if code == "80" { stay.coveredDays = days }
    if code == "81" { stay.noncoveredDays = days }
  }

  mutating func take(patientStatus code: String?) { stay.patientStatus = code }

  /// Takes a related cause in CLM11's codes.
  mutating func take(cause: String) { add(cause) }

  private func days(_ segment: X12Segment, _ element: Int) throws(ClaimProblem) -> Int {
    let text = segment.text(element, component: 5) ?? ""
    let whole = text.split(separator: ".", maxSplits: 1).first.map(String.init) ?? ""
    guard let days = Int(whole), (0...9_999).contains(days) else {
      throw segment.problem(element, component: 5, "the value code does not say how many days")
    }
    return days
  }

  /// Reads a QTY of 4010: CA covered days, NA noncovered days.
  mutating func take(qty segment: X12Segment) {
    guard let days = segment.bytes(2).decimal else { return }
    if segment.code(1) == "CA" { stay.coveredDays = days }
    if segment.code(1) == "NA" { stay.noncoveredDays = days }
  }

  mutating func take(cl1 segment: X12Segment) { stay.patientStatus = segment.word(3) }

  /// Reads a DTP: 435 admission, 439 accident.
  ///
  /// - Throws: `ClaimProblem` when the date is not valid.
  mutating func take(dtp segment: X12Segment) throws(ClaimProblem) {
    if segment.code(1) == "435" { admitted = try segment.dates(3)?.first }
    if segment.code(1) == "439", relatedCauses.isEmpty { add("OA") }
  }

  /// Reads REF*Y4, the number of a property and casualty claim.
  mutating func take(ref segment: X12Segment) {
    if segment.code(1) == "Y4", relatedCauses.isEmpty { add("OA") }
  }

  /// - Parameter filing: SBR09 of loop 2000B.
  mutating func take(filing: String?) {
    if let cause = filing.flatMap({ Self.filings[$0] }) { add(cause) }
  }

  mutating func take(clm segment: X12Segment) {
    for cause in (1...3).compactMap({ segment.word(11, component: $0) }) { add(cause) }
  }

  private mutating func add(_ cause: String) {
    if !relatedCauses.contains(cause) { relatedCauses.append(cause) }
  }
}
