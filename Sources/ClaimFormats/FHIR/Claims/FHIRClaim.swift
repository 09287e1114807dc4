import ClaimsDomain

/// A Claim of FHIR R4, professional or institutional, on its way to a submitted claim.
struct FHIRClaim {
  let root: FHIRElement
  let references: FHIRReferences

  init(_ root: FHIRElement, _ references: FHIRReferences) {
    (self.root, self.references) = (root, references)
  }

  /// Whether the claim is marked as test health data (HTEST).
  var isMarkedAsTest: Bool { root.isMarked("HTEST") }

  /// - Throws: `FHIRProblem` for all problems found.
  func submitted(isTest: Bool, digest: String) throws(FHIRProblem) -> SubmittedClaim {
    let problems = FHIRProblemList()
    problems.attempt { () throws(FHIRProblem) in try FHIRShape.claim.check(root) }
    problems.attempt { () throws(FHIRProblem) in try checkStatus() }
    problems.attempt { () throws(FHIRProblem) in try checkUse() }
    let kind = problems.attempt { () throws(FHIRProblem) in try self.kind }
    let number = problems.attempt { () throws(FHIRProblem) in try self.number }
    let charge = problems.attempt { () throws(FHIRProblem) in try self.charge() }
    let payer = problems.attempt { () throws(FHIRProblem) in try self.payer }
    let provider = problems.attempt { () throws(FHIRProblem) in try billingProvider() }
    let assignsBenefits = problems.attempt { () throws(FHIRProblem) in try self.assignsBenefits() }
    let insurance = problems.attempt { () throws(FHIRProblem) in try self.insurance() }
    let period = problems.attempt { () throws(FHIRProblem) in try root.days("billablePeriod") }
    let care = kind.map { self.care($0, insurance?.focal, problems) }
    if kind == nil { checkPartsOfAnyKind(problems) }
    let lines = care.flatMap { care in
      problems.attempt { () throws(FHIRProblem) in try self.lines(care, period.flatMap(\.self)) }
    }
    guard let kind, let number, let charge, let payer, let provider, let assignsBenefits, let insurance, let period,
      let lines, let facility = care?.facility, let information = care?.information, let frequency = care?.frequency,
      let team = care?.team, let diagnoses = care?.diagnoses
    else { return try problems.result(nil) }
    let codes = information.codes
    problems.attempt { () throws(FHIRProblem) in try checkAdmission(codes.admitted, kind, period) }
    return try problems.result(
      SubmittedClaim(
        kind: kind, claimNumber: number, payer: payer, payerSequence: insurance.sequence, frequency: frequency.0,
        payerControlNumber: frequency.prior, priorAuthorization: insurance.authorization, facilityCode: facility,
        charge: charge, billingProvider: provider, renderingProvider: team.claims,
        subscriber: insurance.focal.subscriber, patient: insurance.focal.patient, diagnoses: diagnoses.codes,
        statementDates: kind == .institutional ? period : nil,
        otherPayers: insurance.others.isEmpty ? nil : insurance.others, lines: lines, isTest: isTest ? true : nil,
        assignsBenefits: assignsBenefits, relatedCauses: codes.relatedCauses.isEmpty ? nil : codes.relatedCauses,
        earlierPayer: codes.earlierPayer, stay: codes.stay == FacilityStay() ? nil : codes.stay, digest: digest))
  }

  /// Checks what is the same in claims of every kind, for a claim that does not say which it is.
  private func checkPartsOfAnyKind(_ problems: FHIRProblemList) {
    problems.attempt { () throws(FHIRProblem) in _ = try diagnoses(.institutional) }
    problems.attempt { () throws(FHIRProblem) in
      for item in try root.list("item") { Self.checkPartsOfAnyKind(item, problems) }
    }
  }

  /// What can be checked of a rejected claim.
  func partial(at location: SourceLocation) -> PartialClaim {
    let kind = try? self.kind
    let period = (try? root.days("billablePeriod")).flatMap(\.self)
    let place = kind.flatMap { kind in
      kind == .professional ? (try? firstPlace(kind)).flatMap(\.self) : (try? information(kind, cause: nil))?.facility
    }
    let items = (try? root.list("item")) ?? []
    let numbers = items.compactMap { item in (try? item.positive("sequence")).flatMap(\.self) }
    // Numbers out of order are reported as such.
    let isInOrder = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    let limit = (kind ?? .institutional).lineLimit
    return PartialClaim(
      at: location, kind: kind, charge: try? charge(), facilityCode: place, billingProvider: try? billingProvider(),
      renderingProvider: kind.flatMap { try? careTeam($0) }?.claims,
      diagnoses: kind.flatMap { try? diagnoses($0) }?.codes ?? [],
      statementDates: kind == .institutional ? period : nil,
      lines: items.prefix(limit).map { Self.partial($0, kind, facility: place, period, isNumbered: isInOrder) },
      hasAllLines: items.count <= limit)
  }

  /// What the claim says about the care as a whole, as far as it can be read.
  struct Care {
    let kind: ClaimKind
    let information: Information?
    let frequency: (ClaimFrequency, prior: String?)?
    let team: CareTeam?
    let diagnoses: Diagnoses?
    /// CLM05-1.
    let facility: String?
  }

  private func care(_ kind: ClaimKind, _ coverage: FHIRCoverage?, _ problems: FHIRProblemList) -> Care {
    let information = problems.attempt { () throws(FHIRProblem) in try self.information(kind, cause: coverage?.cause) }
    let place = problems.attempt { () throws(FHIRProblem) in try self.firstPlace(kind) }
    let facility = information?.facility ?? place.flatMap(\.self)
    if information != nil, place != nil, facility == nil {
      problems.attempt { () throws(FHIRProblem) in
        throw root.problem(
          "supportingInfo", "an institutional claim needs its type of bill (\(FHIRSystem.typeOfBill.uri))")
      }
    }
    return Care(
      kind: kind, information: information,
      frequency: problems.attempt { () throws(FHIRProblem) in try self.frequency(information?.frequency) },
      team: problems.attempt { () throws(FHIRProblem) in try self.careTeam(kind) },
      diagnoses: problems.attempt { () throws(FHIRProblem) in try self.diagnoses(kind) }, facility: facility)
  }

  private func charge() throws(FHIRProblem) -> Money {
    guard let charge = try root.money("total") else { throw root.problem("total", "the claim has no charge") }
    return charge
  }

  private func checkAdmission(
    _ admitted: CalendarDate?, _ kind: ClaimKind, _ period: DateRange?
  ) throws(FHIRProblem) {
    guard let period, let admitted, kind == .institutional, admitted > period.last else { return }
    throw root.problem("supportingInfo", "the patient was admitted after the last day of the billablePeriod")
  }

  private func checkStatus() throws(FHIRProblem) {
    if root.isMarked("SUBSETTED") {
      throw root.problem("meta.tag", "only a part of the claim was sent (SUBSETTED); send all of it")
    }
    guard let status = try root.text("status") else { throw root.problem("status", "is missing") }
    guard status == "active" else {
      throw root.problem("status", "only an active claim is taken; to take one back, send it with frequency 8")
    }
  }

  private func checkUse() throws(FHIRProblem) {
    switch try root.text("use") {
    case "claim": break
    case "predetermination", "preauthorization":
      throw root.problem("use", "a predetermination or preauthorization is not paid here: send use claim")
    default: throw root.problem("use", "must be claim")
    }
  }

  var kind: ClaimKind {
    get throws(FHIRProblem) {
      let code = try root.code("type", of: .claimType)
      if let kind = ClaimKind(rawValue: code) { return kind }
      guard ["oral", "pharmacy", "vision"].contains(code) else {
        throw root.problem("type", "must be professional or institutional")
      }
      throw root.problem("type", "\(code) claims are not supported; send professional or institutional ones")
    }
  }

  /// The provider's number: the only identifier, or the one that is marked as official or as the placer's (PLAC).
  var number: ClaimNumber {
    get throws(FHIRProblem) {
      let identifiers = try root.list("identifier")
      guard let identifier = try Self.chosen(identifiers, type: "PLAC") else {
        throw root.problem(
          "identifier",
          identifiers.isEmpty ? "the claim has no number" : "it has several numbers; mark the provider's as official")
      }
      guard let text = try identifier.text("value") else {
        throw identifier.problem("value", "the claim has no number")
      }
      guard text.utf8.count <= X12Limits.claimNumberLength else {
        throw identifier.problem("value", "the claim's number is longer than \(X12Limits.claimNumberLength) characters")
      }
      return ClaimNumber(text)
    }
  }

  /// Returns the only identifier, or else the only one that is marked as official or is of a type (HL7 table 0203).
  static func chosen(_ identifiers: [FHIRElement], type: String? = nil) throws(FHIRProblem) -> FHIRElement? {
    if identifiers.count == 1 { return identifiers[0] }
    var marked: [FHIRElement] = []
    for identifier in identifiers {
      let isOfType = try identifier.codeIfAny("type", of: .identifierType).map { $0.code == type } ?? false
      let use = try identifier.text("use")
      if isOfType || use == "official" { marked.append(identifier) }
    }
    return marked.count == 1 ? marked[0] : nil
  }

  /// Whether the benefits go to the provider, as CLM08 says in X12: only if the claim says so.
  private func assignsBenefits() throws(FHIRProblem) -> Bool {
    guard let payee = try root.child("payee") else { return false }
    try FHIRShape.payee.check(payee)
    switch try payee.code("type", of: .payee) {
    case "provider": break
    case "subscriber", "beneficiary": return false
    default: throw payee.problem("type", "benefits are paid to the provider or the subscriber only")
    }
    if let party = try payee.child("party") {
      let (paid, billing) = (try provider(at: party), try billingProvider())
      guard paid.reference == billing.reference else {
        throw payee.problem("party", "the provider to be paid is not the provider of the claim")
      }
    }
    return true
  }
}
