import ClaimsDomain

/// The parts of a resource. A part that is missing is left out: FHIR has no nulls.
extension OrderedJSON {
  mutating func part(_ name: String, _ text: String?) {
    guard let text, !text.isEmpty else { return }
    key(name)
    string(text)
  }

  mutating func part(_ name: String, _ write: (inout OrderedJSON) -> Void) {
    key(name)
    object(write)
  }

  mutating func list<Element>(_ name: String, _ elements: [Element], _ write: (inout OrderedJSON, Element) -> Void) {
    guard !elements.isEmpty else { return }
    key(name)
    array(elements) { json, element in json.object { write(&$0, element) } }
  }

  mutating func texts(_ name: String, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    key(name)
    array(texts) { $0.string($1) }
  }

  mutating func number(_ name: String, _ number: Int) {
    key(name)
    integer(number)
  }

  /// A CodeableConcept with codings of systems.
  mutating func concept(_ name: String, _ codings: [FHIRCoding], text: String? = nil) {
    part(name) { $0.concept(codings, text: text) }
  }

  mutating func concept(_ name: String, _ system: String, _ code: String) {
    concept(name, [FHIRCoding(system, code)])
  }

  mutating func concept(_ codings: [FHIRCoding], text: String? = nil) {
    list("coding", codings) { json, coding in
      json.part("system", coding.system)
      json.part("code", coding.code)
    }
    part("text", text)
  }

  mutating func money(_ name: String, _ amount: Money) {
    part(name) { json in
      json.key("value")
      json.decimal(amount)
      json.part("currency", "USD")
    }
  }

  mutating func period(_ name: String, _ days: DateRange) {
    part(name) { json in
      json.part("start", days.first.description)
      json.part("end", days.last.description)
    }
  }

  mutating func reference(_ name: String, to id: String, display: String? = nil) {
    part(name) { json in
      json.part("reference", "#\(id)")
      json.part("display", display)
    }
  }

  mutating func identifiers(_ identifiers: [(system: String, value: String?)]) {
    list("identifier", identifiers.filter { $0.value != nil }) { json, identifier in
      json.part("system", identifier.system.isEmpty ? nil : identifier.system)
      json.part("value", identifier.value)
    }
  }
}

struct FHIRCoding: Hashable {
  let system: String
  let code: String

  init(_ system: String, _ code: String) {
    (self.system, self.code) = (system, code)
  }
}

/// Code systems that are only written.
enum FHIRWritten {
  static let adjudication = "http://terminology.hl7.org/CodeSystem/adjudication"
  static let carinAdjudication = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
  static let discriminator = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudicationDiscriminator"
  static let payerStatus = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBPayerAdjudicationStatus"
  static let information = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType"
  static let identifierType = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType"
  static let careTeamRole = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"
  static let subType = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBInstitutionalClaimSubType"
  static let adjustmentReason = "https://x12.org/codes/claim-adjustment-reason-codes"
  static let adjustmentGroup = "https://x12.org/codes/claim-adjustment-group-codes"
  static let remark = "https://x12.org/codes/remittance-advice-remark-codes"
  static let paymentType = "http://terminology.hl7.org/CodeSystem/ex-paymenttype"
  /// The system of our claim numbers.
  static let claims = "urn:paidonce:claim"
}
