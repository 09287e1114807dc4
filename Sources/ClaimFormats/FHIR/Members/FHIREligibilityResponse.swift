package import ClaimsDomain

/// Writes the answer to an eligibility request as a CoverageEligibilityResponse: what a 271 says of the same inquiry.
package struct FHIREligibilityResponse {
  private let answer: EligibilityAnswer
  private let request: FHIREligibilityRequest
  private let created: CalendarDate

  package init(_ answer: EligibilityAnswer, to request: FHIREligibilityRequest, created: CalendarDate) {
    (self.answer, self.request, self.created) = (answer, request, created)
  }

  private static let service = "https://codesystem.x12.org/005010/1365"
  private static let benefit = "https://codesystem.x12.org/005010/1390"
  private static let rejection = "https://codesystem.x12.org/005010/901"
  private static let unit = "http://terminology.hl7.org/CodeSystem/benefit-unit"
  private static let term = "http://terminology.hl7.org/CodeSystem/benefit-term"

  /// The resource as JSON.
  package var bytes: [UInt8] {
    var json = OrderedJSON()
    json.object { json in
      json.part("resourceType", "CoverageEligibilityResponse")
      parties.writeContained(to: &json)
      json.part("status", "active")
      json.texts("purpose", request.purposes)
      json.reference("patient", to: "patient")
      if let day = request.day { json.part("servicedDate", day.description) }
      json.part("created", created.description)
      json.part("request") { json in
        if let id = request.id {
          json.part("reference", "CoverageEligibilityRequest/\(id)")
        } else {
          json.part("display", "the request")
        }
      }
      json.part("outcome", rejectionCode == nil ? "complete" : "error")
      json.part("disposition", disposition)
      json.reference("insurer", to: "insurer")
      if rejectionCode == nil { writeInsurance(to: &json) }
      if let code = rejectionCode {
        json.list("error", [code]) { json, code in
          json.concept("code", [FHIRCoding(Self.rejection, code)], text: disposition)
        }
      }
    }
    return json.bytes
  }

  /// The people and the payer, as the request names them.
  private var parties: FHIRParties {
    FHIRParties(subscriber: request.patient.subscriber, patient: request.patient.patient, payer: request.payer)
  }

  /// AAA03 of the 271; nil when the person is known.
  private var rejectionCode: String? {
    switch answer.standing {
    case .active, .inactive: nil
    case .notFound: request.inquiry.notFoundCode
    case .otherPerson(let difference): request.inquiry.code(of: difference)
    case .invalid: request.inquiry.invalidCode
    }
  }

  private var disposition: String {
    switch answer.standing {
    case .active(_, let planName): "covered by \(planName)"
    case .inactive: "known, and not covered on that day"
    case .notFound: "nobody is known by that number"
    case .otherPerson: "another person has that number"
    case .invalid: "the request names nobody, or cannot be read"
    }
  }

  private func writeInsurance(to json: inout OrderedJSON) {
    json.list("insurance", [()]) { json, _ in
      json.reference("coverage", to: "coverage")
      json.key("inforce")
      guard case .active(let coverage, let planName) = answer.standing else { return json.bool(false) }
      json.bool(true)
      json.part("benefitPeriod") { json in
        json.part("start", coverage.effective.first.description)
        if coverage.effective.last != .openEnd { json.part("end", coverage.effective.last.description) }
      }
      let totals = answer.totals
      json.list("item", [false, true].filter { isFamily in totals.contains { $0.isFamily == isFamily } }) {
        json, isFamily in
        json.concept("category", Self.service, "30")
        json.part("name", planName)
        json.concept("unit", Self.unit, isFamily ? "family" : "individual")
        json.concept("term", Self.term, "annual")
        json.list("benefit", totals.filter { $0.isFamily == isFamily }) { write($1, to: &$0) }
      }
    }
  }

  private func write(_ total: EligibilityAnswer.Total, to json: inout OrderedJSON) {
    let isDeductible = total.kind == .deductible
    json.concept(
      "type", [FHIRCoding(Self.benefit, total.kind.rawValue)],
      text: isDeductible ? "deductible" : "out-of-pocket maximum")
    json.money("allowedMoney", total.limit)
    // What is left never exceeds the limit.
    if let used = try? total.limit - total.left { json.money("usedMoney", used) }
  }
}
