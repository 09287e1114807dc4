extension CareClaim {
  /// The claim as a FHIR R4 Claim that contains what it refers to. It is written for the member, not for a child.
  var fhir: String {
    """
    {"resourceType": "Claim", "status": "active", "use": "claim", "created": "2026-04-01",
     "identifier": [{"system": "http://juniper.example/claims", "value": "\(number)"}],
     "type": \(Self.concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional")),
     "priority": \(Self.concept("http://terminology.hl7.org/CodeSystem/processpriority", "normal")),
     "payee": {"type": \(Self.concept("http://terminology.hl7.org/CodeSystem/payeetype", "provider"))},
     "patient": {"reference": "#patient"}, "insurer": {"reference": "#plan"}, "provider": {"reference": "#provider"},
     "insurance": [{"sequence": 1, "focal": true, "coverage": {"reference": "#coverage"}}],
     "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": \
    \(Self.concept("http://hl7.org/fhir/sid/icd-10-cm", diagnosis))}],
     "item": [\(services.enumerated().map(item).joined(separator: ", "))],
     "total": {"value": \(dollars), "currency": "USD"},
     "contained": [\(contained)]}

    """
  }

  private static func concept(_ system: String, _ code: String) -> String {
    #"{"coding": [{"system": "\#(system)", "code": "\#(code)"}]}"#
  }

  private func item(_ index: Int, _ service: Service) -> String {
    let hcpcs = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    let places = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
    let modifiers = service.modifiers.map { Self.concept(hcpcs, $0) }.joined(separator: ", ")
    return """
      {"sequence": \(index + 1), "diagnosisSequence": [1], "productOrService": \(Self.concept(hcpcs, service.code)),
       \(modifiers.isEmpty ? "" : "\"modifier\": [\(modifiers)], ")"servicedDate": "2026-03-\(service.dayDigits)",
       "locationCodeableConcept": \(Self.concept(places, place)), "quantity": {"value": 1},
       "net": {"value": \(service.dollars), "currency": "USD"}}
      """
  }

  private var contained: String {
    let npi = provider.npi.map { #"{"system": "http://hl7.org/fhir/sid/us-npi", "value": "\#($0)"}, "# } ?? ""
    return """
      {"resourceType": "Patient", "id": "patient", "birthDate": "1990-07-21",
       "name": [{"family": "Marchbank", "given": ["Delphine"]}]},
      {"resourceType": "Organization", "id": "plan", "name": "Sample Health Plan",
       "identifier": [{"system": "urn:oid:2.16.840.1.113883.6.300", "value": "SAMPLE01"}]},
      {"resourceType": "Organization", "id": "provider", "name": "\(provider.name)",
       "identifier": [\(npi){"system": "urn:oid:2.16.840.1.113883.4.4", "value": "\(provider.taxID)"}]},
      {"resourceType": "Coverage", "id": "coverage", "status": "active", "subscriberId": "\(member)",
       "subscriber": {"reference": "#patient"}, "beneficiary": {"reference": "#patient"},
       "payor": [{"reference": "#plan"}],
       "relationship": \(Self.concept("http://terminology.hl7.org/CodeSystem/subscriber-relationship", "self"))}
      """
  }
}
