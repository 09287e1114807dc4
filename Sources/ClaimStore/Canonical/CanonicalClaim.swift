package import ClaimsDomain
package import DurableExecution

// How a claim writes itself, as its body is stored.

extension SubmittedClaim: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("accepted_in_full", acceptedInFull)
    try object.member("assigns_benefits", assignsBenefits)
    try object.member("billing_provider", billingProvider)
    try object.member("charge", charge)
    try object.member("claim_number", claimNumber)
    try object.member("diagnoses", diagnoses)
    try object.member("digest", digest)
    try object.member("earlier_payer", earlierPayer)
    try object.member("facility_code", facilityCode)
    try object.member("frequency", frequency)
    try object.member("is_test", isTest)
    try object.member("kind", kind)
    try object.member("lines", lines)
    try object.member("other_payers", otherPayers)
    try object.member("patient", patient)
    try object.member("payer", payer)
    try object.member("payer_control_number", payerControlNumber)
    try object.member("payer_sequence", payerSequence)
    try object.member("prior_authorization", priorAuthorization)
    try object.member("purpose", purpose)
    try object.member("related_causes", relatedCauses)
    try object.member("rendering_provider", renderingProvider)
    try object.member("revision", encoding: revision)
    try object.member("sender", sender)
    try object.member("shares_care_after", sharesCareAfter)
    try object.member("statement_dates", statementDates)
    try object.member("stay", stay)
    try object.member("subscriber", subscriber)
  }
}

extension ServiceLine: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("accepted_in_full", acceptedInFull)
    try object.member("basis", basis)
    try object.member("charge", charge)
    try object.member("control_number", controlNumber)
    try object.member("diagnosis_pointers", diagnosisPointers)
    try object.member("non_covered", nonCovered)
    try object.member("number", number)
    try object.member("other_payers", otherPayers)
    try object.member("place_of_service", placeOfService)
    try object.member("procedure", procedure)
    try object.member("rendering_provider", renderingProvider)
    try object.member("revenue_code", revenueCode)
    try object.member("service_dates", serviceDates)
    try object.member("units", units)
  }
}

extension ProcedureCode: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("code", code)
    try object.member("modifiers", modifiers)
    try object.member("qualifier", qualifier)
  }
}

extension FacilityStay: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("covered_days", coveredDays)
    try object.member("for_denial", isForDenial)
    try object.member("noncovered_days", noncoveredDays)
    try object.member("noncovered_span", hasNoncoveredSpan)
    try object.member("patient_status", patientStatus)
  }
}

// MARK: The parties

extension Payer: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("id", id)
    try object.member("name", name)
  }
}

extension Provider: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("address", address)
    try object.member("name", name)
    try object.member("npi", npi)
    try object.member("tax_id", taxID)
  }
}

extension Address: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("city", city)
    try object.member("lines", lines)
    try object.member("postal_code", postalCode)
    try object.member("state", state)
  }
}

extension Subscriber: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("address", address)
    try object.member("birth_date", birthDate)
    try object.member("group_number", groupNumber)
    try object.member("member_id", memberID)
    try object.member("name", name)
  }
}

extension Patient: CanonicalObject {
  /// Writes the case as `Codable` does: as a member that is an object of the associated values.
  package func writeMembers(to object: inout CanonicalWriter) throws {
    switch self {
    case .subscriber: try object.member("subscriber", [String: Dependent]())
    case .dependent(let dependent): try object.member("dependent", ["_0": dependent])
    }
  }
}

extension Dependent: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("address", address)
    try object.member("birth_date", birthDate)
    try object.member("name", name)
    try object.member("relationship", relationship)
  }
}

extension ClaimSender: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("application", application)
    try object.member("identifier", identifier)
    try object.member("is_production", isProduction)
  }
}

// MARK: Other payers

extension OtherPayer: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("adjustments", adjustments)
    try object.member("decidedOn", decidedOn)
    try object.member("id", id)
    try object.member("paid", paid)
    try object.member("sequence", sequence)
  }
}

extension OtherPayerLine: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("adjustments", adjustments)
    try object.member("paid", paid)
    try object.member("payer", payer)
  }
}

extension OtherPayerAdjustment: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("amount", amount)
    try object.member("group", group)
    try object.member("reason", reason)
  }
}
