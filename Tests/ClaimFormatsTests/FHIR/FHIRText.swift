import ClaimsDomain
import Foundation

/// Writes a submitted claim as a FHIR Claim, with the resources that it needs contained. Only what FHIR has a place for.
struct FHIRText {
  private let claim: SubmittedClaim
  private var contained: [[String: Any]] = []
  private var team: [[String: Any]] = []

  static func text(of claim: SubmittedClaim) throws -> String {
    var writer = FHIRText(claim)
    let resource = writer.resource()
    return String(decoding: try JSONSerialization.data(withJSONObject: resource), as: UTF8.self)
  }

  private init(_ claim: SubmittedClaim) {
    self.claim = claim
  }

  private mutating func resource() -> [String: Any] {
    let patient = claim.patient.dependent
    let holder = person(claim.subscriber.name, claim.subscriber.birthDate, claim.subscriber.address)
    let patientID = patient.map { person($0.name, $0.birthDate, $0.address) } ?? holder
    let payer = organization(claim.payer.name, [["value": claim.payer.id.text]])
    let coverage = contain([
      "resourceType": "Coverage", "status": "active", "subscriber": holder, "beneficiary": patientID,
      "subscriberId": claim.subscriber.memberID.text, "payor": [payer],
      "relationship": concept("http://terminology.hl7.org/CodeSystem/subscriber-relationship", relationship),
      "class": claim.subscriber.groupNumber.map {
        [["type": concept("http://terminology.hl7.org/CodeSystem/coverage-class", "group"), "value": $0]]
      } ?? [],
    ])
    var insurance: [[String: Any]] = [["sequence": turn(claim.payerSequence), "focal": true, "coverage": coverage]]
    if let number = claim.priorAuthorization { insurance[0]["preAuthRef"] = [number] }
    for other in claim.otherPayers ?? [] {
      let payer = organization("", [["value": other.id.text]])
      let coverage = contain(["resourceType": "Coverage", "payor": [payer]])
      insurance.append(["sequence": turn(other.sequence), "focal": false, "coverage": coverage])
    }
    let provider = provider(claim.billingProvider)
    if let rendering = claim.renderingProvider { join(rendering, isClaims: true) }
    let items = claim.lines.map { item($0) }
    var resource: [String: Any] = [
      "resourceType": "Claim", "status": "active", "use": "claim", "identifier": [["value": claim.claimNumber.text]],
      "type": concept("http://terminology.hl7.org/CodeSystem/claim-type", claim.kind.rawValue), "patient": patientID,
      "insurer": payer, "provider": provider, "insurance": insurance, "item": items, "total": money(claim.charge),
      "diagnosis": claim.diagnoses.enumerated().map { index, code in
        ["sequence": index + 1, "diagnosisCodeableConcept": concept("http://hl7.org/fhir/sid/icd-10-cm", code)]
      },
      "payee": [
        "type": concept(
          "http://terminology.hl7.org/CodeSystem/payeetype", claim.assignsBenefits == true ? "provider" : "subscriber")
      ],
      "supportingInfo": information, "careTeam": team, "contained": contained,
    ]
    if let dates = claim.statementDates { resource["billablePeriod"] = period(dates) }
    if let number = claim.payerControlNumber {
      resource["related"] = [
        [
          "claim": ["identifier": ["value": number]],
          "relationship": concept("http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "prior"),
        ]
      ]
    }
    if let cause = claim.relatedCauses?.first {
      let types = ["AA": "MVA", "EM": "WPA", "OA": "SPT"]
      resource["accident"] = ["type": concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", types[cause] ?? "")]
    }
    return resource
  }

  private var relationship: String {
    let codes = ["01": "spouse", "19": "child", "53": "common", "G8": "other"]
    return claim.patient.dependent.flatMap { codes[$0.relationship] } ?? "self"
  }

  private var information: [[String: Any]] {
    let kinds = "http://terminology.hl7.org/CodeSystem/claiminformationcategory"
    var parts: [(category: String, system: String, code: String)] = [
      claim.kind == .institutional
        ? ("typeofbill", "https://www.nubc.org/CodeSystem/TypeOfBill", "0\(claim.facilityCode)\(claim.frequency.code)")
        : ("info", "https://codesystem.x12.org/005010/1325", claim.frequency.code)
    ]
    if let status = claim.stay?.patientStatus {
      parts.append(("discharge", "https://www.nubc.org/CodeSystem/PatDischargeStatus", status))
    }
    return parts.enumerated().map { index, part in
      ["sequence": index + 1, "category": concept(kinds, part.category), "code": concept(part.system, part.code)]
    }
  }

  private mutating func item(_ line: ServiceLine) -> [String: Any] {
    let procedures = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    let units = NSDecimalNumber(string: line.units.description)
    var quantity: [String: Any] = ["value": units]
    if let basis = line.basis {
      quantity["system"] = "http://unitsofmeasure.org"
      quantity["code"] = basis == .minutes ? "min" : "d"
    }
    var item: [String: Any] = [
      "sequence": line.number, "net": money(line.charge), "quantity": quantity,
      "diagnosisSequence": line.diagnosisPointers,
      "locationCodeableConcept": concept(
        "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set", line.placeOfService),
      "productOrService": line.procedure.map { concept(procedures, $0.code) }
        ?? concept("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable"),
      "modifier": (line.procedure?.modifiers ?? []).map { concept(procedures, $0) },
    ]
    if let code = line.revenueCode { item["revenue"] = concept("https://www.nubc.org/CodeSystem/RevenueCodes", code) }
    if let dates = line.serviceDates {
      if dates.first == dates.last {
        item["servicedDate"] = dates.first.description
      } else {
        item["servicedPeriod"] = period(dates)
      }
    }
    if let rendering = line.renderingProvider { item["careTeamSequence"] = [join(rendering, isClaims: false)] }
    return item
  }

  @discardableResult
  private mutating func join(_ provider: Provider, isClaims: Bool) -> Int {
    let role = concept("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole", "rendering")
    team.append([
      "sequence": team.count + 1, "provider": self.provider(provider), "role": role, "responsible": isClaims,
    ])
    return team.count
  }

  // MARK: Parties

  private mutating func person(_ name: PersonName, _ born: CalendarDate?, _ address: Address?) -> [String: String] {
    contain([
      "resourceType": "Patient",
      "name": [["family": name.last, "given": [name.first, name.middle].compactMap(\.self)]],
      "birthDate": born?.description ?? NSNull(), "address": Self.addresses(address),
    ])
  }

  private mutating func provider(_ provider: Provider) -> [String: String] {
    var identifiers: [[String: Any]] = []
    if let npi = provider.npi { identifiers.append(["system": "http://hl7.org/fhir/sid/us-npi", "value": npi]) }
    if let id = provider.taxID { identifiers.append(["system": "urn:oid:2.16.840.1.113883.4.4", "value": id]) }
    return organization(provider.name, identifiers, provider.address)
  }

  private mutating func organization(
    _ name: String, _ identifiers: [[String: Any]], _ address: Address? = nil
  ) -> [String: String] {
    contain([
      "resourceType": "Organization", "name": name, "identifier": identifiers, "address": Self.addresses(address),
    ])
  }

  private static func addresses(_ address: Address?) -> [[String: Any]] {
    address.map {
      [["line": $0.lines, "city": $0.city, "state": $0.state, "postalCode": $0.postalCode]]
    } ?? []
  }

  private mutating func contain(_ resource: [String: Any]) -> [String: String] {
    let id = "r\(contained.count)"
    contained.append(resource.merging(["id": id]) { $1 })
    return ["reference": "#\(id)"]
  }

  // MARK: Values

  private func concept(_ system: String, _ code: String) -> [String: Any] {
    ["coding": [["system": system, "code": code]]]
  }

  private func money(_ amount: Money) -> [String: Any] {
    ["value": NSDecimalNumber(string: amount.description), "currency": "USD"]
  }

  private func period(_ dates: DateRange) -> [String: String] {
    ["start": dates.first.description, "end": dates.last.description]
  }

  private func turn(_ sequence: PayerSequence) -> Int { (sequence.turn ?? 0) + 1 }
}
