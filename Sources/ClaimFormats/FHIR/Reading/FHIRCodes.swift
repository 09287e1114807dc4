import StrictText

/// A code system, by the URIs under which senders name it.
struct FHIRSystem {
  /// The name for messages.
  let name: String
  /// The first one is the one that we write.
  let uris: [String]

  init(_ name: String, _ uris: String...) {
    (self.name, self.uris) = (name, uris)
  }

  var uri: String { uris[0] }

  static let claimType = FHIRSystem("a claim type", "http://terminology.hl7.org/CodeSystem/claim-type")
  static let diagnosis = FHIRSystem("an ICD-10-CM code", "http://hl7.org/fhir/sid/icd-10-cm")
  static let diagnosisType = FHIRSystem(
    "a diagnosis type", "http://terminology.hl7.org/CodeSystem/ex-diagnosistype",
    "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimDiagnosisType")
  static let cpt = FHIRSystem("a CPT code", "http://www.ama-assn.org/go/cpt")
  static let hcpcs = FHIRSystem("a HCPCS code", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets")
  static let procedure = FHIRSystem("a CPT or HCPCS code", cpt.uri, hcpcs.uri)
  static let absent = FHIRSystem("a reason", "http://terminology.hl7.org/CodeSystem/data-absent-reason")
  static let placeOfService = FHIRSystem(
    "a place of service code",
    "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set")
  static let revenue = FHIRSystem("an NUBC revenue code", "https://www.nubc.org/CodeSystem/RevenueCodes")
  static let typeOfBill = FHIRSystem("an NUBC type of bill", "https://www.nubc.org/CodeSystem/TypeOfBill")
  static let patientStatus = FHIRSystem("an NUBC patient status", "https://www.nubc.org/CodeSystem/PatDischargeStatus")
  static let condition = FHIRSystem("an NUBC condition code", "https://www.nubc.org/CodeSystem/ConditionCodes")
  static let occurrence = FHIRSystem("an NUBC occurrence code", "https://www.nubc.org/CodeSystem/OccurrenceCodes")
  static let occurrenceSpan = FHIRSystem(
    "an NUBC occurrence span code", "https://www.nubc.org/CodeSystem/OccurrenceSpanCodes")
  static let valueCode = FHIRSystem("an NUBC value code", "https://www.nubc.org/CodeSystem/ValueCodes")
  /// X12 data element 1325, claim frequency type code.
  static let frequency = FHIRSystem("a claim frequency", "https://codesystem.x12.org/005010/1325")
  static let category = FHIRSystem(
    "a kind of information", "http://terminology.hl7.org/CodeSystem/claiminformationcategory",
    "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType")
  static let careTeamRole = FHIRSystem(
    "a role", "http://terminology.hl7.org/CodeSystem/claimcareteamrole",
    "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole")
  static let relatedClaim = FHIRSystem(
    "a relationship of claims", "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship",
    "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBRelatedClaimRelationshipStatus")
  static let payee = FHIRSystem("a kind of payee", "http://terminology.hl7.org/CodeSystem/payeetype")
  static let relationship = FHIRSystem(
    "a relationship to the subscriber", "http://terminology.hl7.org/CodeSystem/subscriber-relationship")
  static let coverageClass = FHIRSystem("a coverage class", "http://terminology.hl7.org/CodeSystem/coverage-class")
  static let act = FHIRSystem("an act code", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
  static let identifierType = FHIRSystem("a kind of identifier", "http://terminology.hl7.org/CodeSystem/v2-0203")
  static let units = FHIRSystem("a UCUM unit", "http://unitsofmeasure.org")

  static let npi = "http://hl7.org/fhir/sid/us-npi"
  static let taxIDs = ["urn:oid:2.16.840.1.113883.4.4", "http://hl7.org/fhir/sid/us-ein"]
}

extension FHIRElement {
  /// Returns the code of a system in a CodeableConcept; nil when the concept has none of it.
  ///
  /// - Throws: `FHIRProblem` when the concept has two different ones.
  func codeIfAny(_ name: String, of system: FHIRSystem) throws(FHIRProblem) -> (code: String, system: String)? {
    try child(name)?.codeIfAny(of: system)
  }

  /// Returns the code of a system in a CodeableConcept.
  ///
  /// - Throws: `FHIRProblem` when the concept has no code of the system.
  func code(_ name: String, of system: FHIRSystem) throws(FHIRProblem) -> String {
    guard let found = try codeIfAny(name, of: system) else {
      throw problem(name, "it has no \(system.name.droppingArticle) (\(system.uris.joined(separator: " or ")))")
    }
    return found.code
  }

  func codeIfAny(of system: FHIRSystem) throws(FHIRProblem) -> (code: String, system: String)? {
    var found: (code: String, system: String)?
    for coding in try list("coding") {
      guard let uri = try coding.text("system"), system.uris.contains(uri), let code = try coding.text("code")
      else { continue }
      if let found, found.code != code { throw problem("coding", "it has two codes of \(system.name)") }
      found = (code, uri)
    }
    return found
  }

  /// Returns the codes of a system in a list of CodeableConcepts.
  func codes(_ name: String, of system: FHIRSystem) throws(FHIRProblem) -> [String] {
    var codes: [String] = []
    for concept in try list(name) { if let found = try concept.codeIfAny(of: system) { codes.append(found.code) } }
    return codes
  }
}

extension String {
  fileprivate var droppingArticle: Substring {
    hasPrefix("an ") ? dropFirst(3) : hasPrefix("a ") ? dropFirst(2) : self[...]
  }
}
