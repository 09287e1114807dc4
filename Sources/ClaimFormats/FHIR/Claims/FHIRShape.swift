/// The elements that a part of a Claim may have (FHIR R4, Claim). One that R4 does not have is refused by name rather than
/// ignored, and so is one that could change the decision and has no place in a claim here.
struct FHIRShape {
  private let known: Set<String>
  private let refused: [String: String]

  private init(_ known: String, refused: [String: String] = [:]) {
    self.known = Set(known.split(separator: " ").map(String.init))
    self.refused = refused
  }

  private static let noPlace = "it could change what is owed, and has no place in a claim here"

  static let claim = FHIRShape(
    """
    resourceType id meta language text contained identifier status type subType use patient billablePeriod created enterer \
    insurer provider priority fundsReserve related prescription originalPrescription payee referral facility careTeam \
    supportingInfo diagnosis procedure insurance accident item total
    """, refused: ["prescription": noPlace, "originalPrescription": noPlace, "fundsReserve": noPlace])
  static let related = FHIRShape("claim relationship reference")
  static let payee = FHIRShape("type party")
  static let careTeam = FHIRShape("sequence provider responsible role qualification")
  static let information = FHIRShape(
    """
    sequence category code timingDate timingPeriod valueBoolean valueString valueQuantity valueAttachment valueReference \
    reason
    """)
  static let diagnosis = FHIRShape(
    "sequence diagnosisCodeableConcept diagnosisReference type onAdmission packageCode",
    refused: ["packageCode": noPlace, "diagnosisReference": "a diagnosis must be a code (diagnosisCodeableConcept)"])
  static let insurance = FHIRShape(
    "sequence focal identifier coverage businessArrangement preAuthRef claimResponse",
    refused: ["businessArrangement": noPlace])
  static let accident = FHIRShape("date type locationAddress locationReference")
  static let item = FHIRShape(
    """
    sequence careTeamSequence diagnosisSequence procedureSequence informationSequence revenue category productOrService \
    modifier programCode servicedDate servicedPeriod locationCodeableConcept locationAddress locationReference quantity \
    unitPrice factor net udi bodySite subSite encounter detail
    """,
    refused: ["programCode": noPlace, "factor": noPlace, "bodySite": noPlace, "subSite": noPlace])

  /// - Throws: `FHIRProblem` for all elements that are not allowed, in the order of their names.
  func check(_ element: FHIRElement) throws(FHIRProblem) {
    let problems = FHIRProblemList()
    problems.attempt { () throws(FHIRProblem) in try element.refuseModifiers() }
    guard case .object(let members) = element.value else { return try problems.result(()) }
    for name in members.keys.sorted() where name != "extension" && name != "id" {
      problems.attempt { () throws(FHIRProblem) in try check(name, of: element) }
    }
    try problems.result(())
  }

  private func check(_ name: String, of element: FHIRElement) throws(FHIRProblem) {
    // `_birthDate` has the extensions of `birthDate`.
    let plain = name.hasPrefix("_") ? String(name.dropFirst()) : name
    if let reason = refused[plain] { throw element.problem(plain, reason) }
    guard !known.contains(plain) else { return }
    let isName = plain.utf8.count <= 40 && plain.wholeMatch(of: /[A-Za-z]+/) != nil
    throw element.problem(isName ? plain : "", isName ? "R4 has no such element" : "it has an element that R4 does not")
  }
}

extension FHIRElement {
  /// Refuses what changes the meaning of an element, since nothing here understands it (FHIR R4, 2.4.0.2, isModifier).
  func refuseModifiers() throws(FHIRProblem) {
    for name in ["modifierExtension", "implicitRules"] where has(name) {
      throw problem(name, "it changes what the rest means, and is not understood here")
    }
  }
}
