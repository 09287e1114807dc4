import ClaimsDomain
import StrictText

extension FHIRClaim {
  /// What `supportingInfo` and `accident` say: the type of bill, the frequency, and the codes of a UB-04.
  struct Information {
    fileprivate(set) var codes = BillingCodesDraft()
    /// The first two digits of the type of bill.
    fileprivate(set) var facility: String?
    fileprivate(set) var frequency: String?
  }

  /// Kinds of information that no rule here needs, as their counterparts in X12.
  private static let unused: Set = [
    "clmrecvddate", "medicalrecordnumber", "patientaccountnumber", "pointoforigin", "admtype", "servicefacility", "drg",
    "hospitalized", "onset", "attachment", "employmentimpacted", "externalcause", "patientreasonforvisit",
    "billingnetworkcontractingstatus", "performingnetworkcontractingstatus",
  ]

  /// - Parameter cause: The cause of liability that the coverage implies; nil when there is none.
  func information(_ kind: ClaimKind, cause: String?) throws(FHIRProblem) -> Information {
    let problems = FHIRProblemList()
    var information = Information()
    for part in try root.list("supportingInfo") {
      problems.attempt { () throws(FHIRProblem) in try FHIRShape.information.check(part) }
      problems.attempt { () throws(FHIRProblem) in try take(part, kind, into: &information) }
    }
    problems.attempt { () throws(FHIRProblem) in
      guard let accident = try root.child("accident") else { return }
      try FHIRShape.accident.check(accident)
      let type = try accident.codeIfAny("type", of: .act)?.code
      information.codes.add(type == "MVA" ? "AA" : type == "WPA" ? "EM" : "OA")
    }
    if let cause { information.codes.add(cause) }
    return try problems.result(information)
  }

  private func take(_ part: FHIRElement, _ kind: ClaimKind, into information: inout Information) throws(FHIRProblem) {
    if try takeBillingCode(part, into: &information.codes) { return }
    if let frequency = try part.codeIfAny("code", of: .frequency) {
      try note(frequency.code.capitals, part, &information)
      return
    }
    switch try part.code("category", of: .category).lowercased() {
    case "typeofbill": try takeTypeOfBill(part, kind, &information)
    case "discharge-status", "discharge":
      guard part.has("code") else { return }
      information.codes.take(patientStatus: try part.code("code", of: .patientStatus).capitals)
    case "admissionperiod":
      let (day, period) = (try part.day("timingDate"), try part.child("timingPeriod"))
      let start = try period?.day("start")
      information.codes.take(admitted: start ?? day)
    case let category where Self.unused.contains(category): break
    default: throw part.problem("category", "information of this kind has no place in a claim here")
    }
  }

  /// Returns false for information that is no NUBC condition, occurrence, occurrence span or value code.
  private func takeBillingCode(
    _ part: FHIRElement, into codes: inout BillingCodesDraft
  ) throws(FHIRProblem) -> Bool {
    if let condition = try part.codeIfAny("code", of: .condition) {
      codes.take(condition: condition.code.capitals)
    } else if let occurrence = try part.codeIfAny("code", of: .occurrence) {
      codes.take(occurrence: occurrence.code.capitals)
    } else if let span = try part.codeIfAny("code", of: .occurrenceSpan) {
      codes.take(span: span.code.capitals)
    } else if let value = try part.codeIfAny("code", of: .valueCode) {
      let code = value.code.capitals
      codes.take(value: code, days: BillingCodesDraft.countsDays(code) ? try Self.days(part) : nil)
    } else {
      return false
    }
    return true
  }

  private static func days(_ part: FHIRElement) throws(FHIRProblem) -> Int {
    guard let text = try part.child("valueQuantity")?.decimal("value"), let days = Int(text), (0...9_999).contains(days)
    else { throw part.problem("valueQuantity", "the value code does not say how many days") }
    return days
  }

  /// Reads a type of bill of three digits, or of four with a zero before them: 131, 0131.
  private func takeTypeOfBill(
    _ part: FHIRElement, _ kind: ClaimKind, _ information: inout Information
  ) throws(FHIRProblem) {
    guard kind == .institutional else { throw part.problem("category", "a professional claim has no type of bill") }
    let code = try part.code("code", of: .typeOfBill).capitals
    guard let match = code.wholeMatch(of: /0?([1-9][0-9])([0-9A-Z])/) else {
      throw part.problem("code", "a type of bill has three digits, or four with a zero before them")
    }
    guard information.facility == nil else { throw part.problem("code", "it is the second type of bill") }
    information.facility = String(match.1)
    try note(String(match.2), part, &information)
  }

  private func note(_ frequency: String, _ part: FHIRElement, _ information: inout Information) throws(FHIRProblem) {
    guard information.frequency == nil || information.frequency == frequency else {
      throw part.problem("code", "the claim has two frequencies")
    }
    information.frequency = frequency
  }

  // MARK: The prior claim

  /// Returns the frequency, and our number of the claim that this one replaces or voids.
  ///
  /// - Parameter stated: The frequency that the claim states.
  func frequency(_ stated: String?) throws(FHIRProblem) -> (ClaimFrequency, prior: String?) {
    var prior: (number: String, element: FHIRElement)?
    for related in try root.list("related") {
      try FHIRShape.related.check(related)
      switch try related.codeIfAny("relationship", of: .relatedClaim)?.code.lowercased() {
      case "associated": continue
      case "prior", "replaces", "replacement":
        guard prior == nil else { throw related.problem("", "the claim replaces two claims") }
        prior = (try Self.number(of: related), related)
      default: throw related.problem("relationship", "must be prior or associated")
      }
    }
    if let prior, stated == ClaimFrequency.original.code {
      throw prior.element.problem(
        "relationship", "it names a prior claim, and the frequency says that there is none (1)")
    }
    let frequency = stated.map { ClaimFrequency($0) } ?? (prior == nil ? .original : .replacement)
    return (frequency, prior?.number)
  }

  /// The payer's number of the prior claim.
  private static func number(of related: FHIRElement) throws(FHIRProblem) -> String {
    let claim = try related.child("claim")
    if let number = try claim?.child("identifier")?.text("value") { return number }
    if let number = try related.child("reference")?.text("value") { return number }
    if let last = try claim?.text("reference")?.split(separator: "/").last,
      last.wholeMatch(of: /CLM-[0-9A-Fa-f]{20}/) != nil
    {
      return String(last)
    }
    throw related.problem("claim", "it does not name the prior claim by the payer's number (claim.identifier)")
  }
}
