import ClaimsDomain

/// The people and organizations that a resource refers to, contained in it under fixed ids.
struct FHIRParties {
  let subscriber: Subscriber
  let patient: Patient
  let payer: Payer
  var provider: Provider?
  var rendering: Provider?

  /// Writes `contained`.
  func writeContained(to json: inout OrderedJSON) {
    json.key("contained")
    let parts = [writePatient, writeSubscriber, writeCoverage, writeInsurer, writeProvider, writeRenderer]
    json.array(parts.compactMap(\.self)) { $1(&$0) }
  }

  private typealias Writing = (inout OrderedJSON) -> Void

  private var writePatient: Writing? {
    let person = patient.dependent
    return Self.person(
      "patient", person?.name ?? subscriber.name,
      person.map(\.birthDate) ?? subscriber.birthDate,
      number: person == nil ? subscriber.memberID : nil)
  }

  private var writeSubscriber: Writing? {
    guard patient.dependent != nil else { return nil }
    return Self.person(
      "subscriber", subscriber.name, subscriber.birthDate, number: subscriber.memberID)
  }

  private static func person(
    _ id: String, _ name: PersonName, _ born: CalendarDate?, number: MemberID?
  ) -> Writing {
    { json in
      json.object { json in
        json.part("resourceType", "Patient")
        json.part("id", id)
        if let number {
          json.list("identifier", [number]) { json, number in
            json.concept("type", FHIRSystem.identifierType.uri, "MB")
            json.part("value", number.text)
          }
        }
        json.list("name", [name]) { json, name in
          json.part("family", name.last)
          json.texts("given", [name.first, name.middle ?? ""].filter { !$0.isEmpty })
        }
        json.part("birthDate", born?.description)
      }
    }
  }

  private var writeCoverage: Writing? {
    { json in
      json.object { json in
        json.part("resourceType", "Coverage")
        json.part("id", "coverage")
        json.part("status", "active")
        json.reference("subscriber", to: patient.dependent == nil ? "patient" : "subscriber")
        json.part("subscriberId", subscriber.memberID.text)
        json.reference("beneficiary", to: "patient")
        json.concept("relationship", FHIRSystem.relationship.uri, relationship)
        json.key("payor")
        json.array(["insurer"]) { json, id in json.object { $0.part("reference", "#\(id)") } }
      }
    }
  }

  private var relationship: String {
    guard let dependent = patient.dependent else { return "self" }
    return ["01": "spouse", "19": "child", "53": "common"][dependent.relationship] ?? "other"
  }

  private var writeInsurer: Writing? {
    { json in
      json.object { json in
        json.part("resourceType", "Organization")
        json.part("id", "insurer")
        json.identifiers([("", payer.id.text)])
        json.part("name", payer.name)
      }
    }
  }

  private var writeProvider: Writing? { provider.map { Self.organization("provider", $0) } }

  private var writeRenderer: Writing? { rendering.map { Self.organization("rendering", $0) } }

  private static func organization(_ id: String, _ provider: Provider) -> Writing {
    { json in
      json.object { json in
        json.part("resourceType", "Organization")
        json.part("id", id)
        json.identifiers([(FHIRSystem.npi, provider.npi), (FHIRSystem.taxIDs[0], provider.taxID)])
        json.part("name", provider.name)
      }
    }
  }
}
