import ClaimFormats

/// What the service offers as a FHIR server (FHIR R4, CapabilityStatement).
enum FHIRCapabilities {
  private static let claimSubmit = "http://hl7.org/fhir/OperationDefinition/Claim-submit"
  private static let eligibilitySubmit = "http://hl7.org/fhir/OperationDefinition/CoverageEligibilityRequest-submit"

  static var bytes: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.member("resourceType", "CapabilityStatement")
      json.member("status", "active")
      // The day on which what is stated here was last changed.
      json.member("date", "2026-11-29")
      json.member("kind", "instance")
      json.key("implementation")
      json.object { $0.member("description", "PaidOnce: claims are decided once and paid once") }
      json.member("fhirVersion", "4.0.1")
      json.key("format")
      json.array(["json"]) { $0.string($1) }
      json.key("rest")
      json.array([()]) { json, _ in json.object { rest(&$0) } }
    }
    return json.bytes
  }

  private static func rest(_ json: inout OrderedJSON) {
    json.member("mode", "server")
    json.key("security")
    json.object { $0.member("description", "A bearer token (RFC 6750). Claim/$submit also needs an Idempotency-Key.") }
    json.key("resource")
    json.array([
      ("Claim", claimSubmit), ("ClaimResponse", nil), ("CoverageEligibilityRequest", eligibilitySubmit),
      ("ExplanationOfBenefit", nil),
    ]) { json, part in
      json.object { json in
        json.member("type", part.0)
        if let operation = part.1 {
          json.key("operation")
          json.array([operation]) { json, definition in
            json.object { json in
              json.member("name", "submit")
              json.member("definition", definition)
            }
          }
        } else {
          json.key("interaction")
          json.array(["read"]) { json, code in json.object { $0.member("code", code) } }
        }
      }
    }
  }
}
