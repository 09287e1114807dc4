package import ClaimsDomain

/// Writes a decided claim as an ExplanationOfBenefit, shaped after the profiles of CARIN Blue Button: Professional
/// NonClinician, Inpatient Institutional and Outpatient Institutional.
package struct FHIRExplanation {
  private let answer: FHIRClaimAnswer
  /// The payer's own name.
  private let sender: String
  private let decision: Decision
  private let lines: [(line: LineDecision, amounts: [FHIRAmount])]
  private let totals: [FHIRAmount]

  private static let profiles = "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-ExplanationOfBenefit-"

  /// Returns nil for a claim that is not decided.
  ///
  /// - Parameter sender: the payer's own name. The name that the claim gives is not printed.
  /// - Throws: `MoneyError.overflow`.
  package init?(_ answer: FHIRClaimAnswer, from sender: String) throws(MoneyError) {
    guard let decision = answer.decision, [.paid, .denied, .replaced].contains(answer.report.status) else { return nil }
    var lines: [(LineDecision, [FHIRAmount])] = []
    for line in decision.lines { lines.append((line, try FHIRAmount.amounts(of: line))) }
    (self.answer, self.sender, self.decision, self.lines) = (answer, sender, decision, lines)
    totals = try FHIRAmount.totals(of: decision)
  }

  /// The resource as JSON.
  package var bytes: [UInt8] {
    var json = OrderedJSON()
    write(to: &json)
    return json.bytes
  }

  package func write(to json: inout OrderedJSON) {
    json.object { json in
      writeHead(to: &json)
      writeParties(to: &json)
      writeCare(to: &json)
      answer.writeInsurance(to: &json, isNumbered: false)
      json.list("item", lines) { writeItem($1.line, $1.amounts, to: &$0) }
      if claim.kind == .institutional, let network = decision.lines.first?.network {
        json.key("adjudication")
        json.array([FHIRAdjudication.network(network)]) { $1.write(to: &$0) }
      }
      answer.writeTotals(totals, to: &json)
      json.part("payment") { json in
        json.concept("type", FHIRWritten.payerStatus, decision.isDenied ? "denied" : "paid")
        json.money("amount", decision.paid)
        if let reference = answer.paymentReference { json.part("identifier") { $0.part("value", reference) } }
      }
    }
  }

  private var claim: SubmittedClaim { answer.claim }

  private var profile: String {
    guard claim.kind == .institutional else { return "Professional-NonClinician" }
    return claim.isInpatient ? "Inpatient-Institutional" : "Outpatient-Institutional"
  }

  private func writeHead(to json: inout OrderedJSON) {
    json.part("resourceType", "ExplanationOfBenefit")
    json.part("id", answer.report.claimIntakeID?.text)
    json.part("meta") { json in
      json.part("lastUpdated", answer.recordedAt)
      json.texts("profile", ["\(Self.profiles)\(profile)"])
    }
    json.part("language", "en-US")
    answer.writeContained(insurer: sender, to: &json)
    json.list("identifier", [answer.report.claimIntakeID, nil]) { json, id in
      if let id {
        json.concept("type", FHIRWritten.identifierType, "uc")
        json.part("system", FHIRWritten.claims)
        json.part("value", id.text)
      } else {
        json.concept("type", FHIRSystem.identifierType.uri, "PLAC")
        json.part("value", claim.claimNumber.text)
      }
    }
    json.part("status", answer.isReplaced ? "cancelled" : "active")
    answer.writeType(to: &json)
  }

  private func writeParties(to json: inout OrderedJSON) {
    json.reference("patient", to: "patient")
    if let days = claim.careDays { json.period("billablePeriod", days) }
    json.part("created", answer.receivedOn.description)
    json.reference("insurer", to: "insurer", display: sender)
    json.reference("provider", to: "provider", display: claim.billingProvider.name)
    if let prior = answer.replaces {
      json.list("related", [prior]) { json, prior in
        json.concept("relationship", FHIRSystem.relatedClaim.uri, "prior")
        json.part("reference") { json in
          json.part("system", FHIRWritten.claims)
          json.part("value", prior.text)
        }
      }
    }
    json.part("payee") { json in
      json.concept("type", FHIRSystem.payee.uri, "provider")
      json.reference("party", to: "provider")
    }
    json.part("outcome", "complete")
    if claim.renderingProvider != nil {
      json.list("careTeam", [()]) { json, _ in
        json.number("sequence", 1)
        json.reference("provider", to: "rendering")
        json.concept("role", FHIRWritten.careTeamRole, "rendering")
      }
    }
  }

  // MARK: The care

  private func writeCare(to json: inout OrderedJSON) {
    let information: [(category: String, write: (inout OrderedJSON) -> Void)] =
      [
        ("clmrecvddate", { $0.part("timingDate", answer.receivedOn.description) }),
        ("patientaccountnumber", { $0.part("valueString", claim.claimNumber.text) }),
      ] + institutionalInformation
    json.list("supportingInfo", Array(information.enumerated())) { json, part in
      json.number("sequence", part.offset + 1)
      json.concept("category", FHIRWritten.information, part.element.category)
      part.element.write(&json)
    }
    json.list("diagnosis", Array(claim.diagnoses.enumerated())) { json, diagnosis in
      json.number("sequence", diagnosis.offset + 1)
      json.concept("diagnosisCodeableConcept", FHIRSystem.diagnosis.uri, diagnosis.element.dotted)
      json.key("type")
      let types = FHIRSystem.diagnosisType.uris
      let type =
        diagnosis.offset == 0
        ? FHIRCoding(types[0], "principal")
        : FHIRCoding(types[1], claim.kind == .professional ? "secondary" : "other")
      json.array([type]) { json, type in json.object { $0.concept([type]) } }
    }
  }

  private var institutionalInformation: [(category: String, write: (inout OrderedJSON) -> Void)] {
    guard claim.kind == .institutional else { return [] }
    var parts: [(category: String, write: (inout OrderedJSON) -> Void)] = [
      (
        "typeofbill",
        { $0.concept("code", FHIRSystem.typeOfBill.uri, "0\(claim.facilityCode)\(claim.frequency.code)") }
      )
    ]
    if let status = claim.stay?.patientStatus {
      parts.append(("discharge-status", { $0.concept("code", FHIRSystem.patientStatus.uri, status) }))
    }
    return parts
  }

  private func writeItem(_ line: LineDecision, _ amounts: [FHIRAmount], to json: inout OrderedJSON) {
    let sent = claim.lines.first { $0.number == line.number }
    json.number("sequence", line.number)
    if let pointers = sent?.diagnosisPointers, !pointers.isEmpty {
      json.key("diagnosisSequence")
      json.array(pointers) { $0.integer($1) }
    }
    if let revenue = sent?.revenueCode { json.concept("revenue", FHIRSystem.revenue.uri, revenue) }
    json.concept(
      "productOrService", [sent?.procedure.map(\.coding) ?? FHIRCoding(FHIRSystem.absent.uri, "not-applicable")])
    json.list("modifier", sent?.procedure?.modifiers ?? []) { $0.concept([FHIRCoding(FHIRSystem.hcpcs.uri, $1)]) }
    if let days = sent.flatMap(claim.serviceDates) { writeDays(days, to: &json) }
    if claim.kind == .professional, let place = sent?.placeOfService {
      json.concept("locationCodeableConcept", FHIRSystem.placeOfService.uri, place)
    }
    if let units = sent?.units {
      json.part("quantity") { json in
        json.key("value")
        json.number(units.description)
      }
    }
    json.adjudication(line, amounts, network: claim.kind == .professional)
  }

  /// The profile of outpatient claims has a date only.
  private func writeDays(_ days: DateRange, to json: inout OrderedJSON) {
    let isOutpatient = claim.kind == .institutional && !claim.isInpatient
    if days.first == days.last || isOutpatient {
      json.part("servicedDate", days.first.description)
    } else {
      json.period("servicedPeriod", days)
    }
  }
}

extension ProcedureCode {
  /// CPT codes begin with a digit, and the other codes of HCPCS with a letter.
  fileprivate var coding: FHIRCoding {
    FHIRCoding(code.first?.isNumber == true ? FHIRSystem.cpt.uri : FHIRSystem.hcpcs.uri, code)
  }
}

extension String {
  /// An ICD-10-CM code with its dot.
  fileprivate var dotted: String { count > 3 ? "\(prefix(3)).\(dropFirst(3))" : self }
}
