package import ClaimsDomain
package import DurableExecution

// How coverage and the decision that rests on it write themselves, as responses are stored.

extension Coverage: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("covers_family", coversFamily)
    try object.member("effective", effective)
    try object.member("family_id", familyID)
    try object.member("group_number", groupNumber)
    try object.member("identity", identity)
    try object.member("member_id", memberID)
    try object.member("plan_id", planID)
  }
}

extension MemberIdentity: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("birth_date", birthDate)
    try object.member("name", name)
  }
}

extension Resemblance: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("claim_intake_id", claimID)
    try object.member("line", line)
    try object.member("other_line", otherLine)
    try object.member("score", score)
    try object.member("traits", traits)
  }
}

extension Decision: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("lines", lines)
    try object.member("ruleset", ruleset)
  }
}

extension LineDecision: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("adjustments", adjustments)
    try object.member("allowed", allowed)
    try object.member("benefit_use", use)
    try object.member("charge", charge)
    try object.member("code", code)
    try object.member("credit", credit)
    try object.member("denied", isDenied)
    if network != .inNetwork { try object.member("network", network) }
    try object.member("number", number)
    try object.member("paid", paid)
  }
}

extension Adjustment: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("amount", amount)
    try object.member("explanation", explanation)
    try object.member("group", group)
    try object.member("reason", reason)
    try object.member("remark", remark)
  }
}

extension RuleExplanation: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("inputs", inputs)
    try object.member("rule", rule)
  }
}

extension RuleInput: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("name", name)
    try object.member("value", value)
  }
}

extension BenefitUse: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("benefit", benefit)
    try object.member("copay", copay)
    try object.member("paid", paid)
    try object.member("visits", visits)
  }
}

extension BenefitUse.Copay: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("amount", amount)
    try object.member("bucket", bucket)
  }
}

extension CostShareCredit: CanonicalObject {
  package func writeMembers(to object: inout CanonicalWriter) throws {
    try object.member("deductible", deductible)
    try object.member("out_of_pocket", outOfPocket)
  }
}
