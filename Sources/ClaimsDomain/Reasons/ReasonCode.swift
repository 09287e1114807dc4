/// The claim adjustment reason codes (CARC) of X12 that our rules write, and those that examiners use most. A person may
/// deny a claim with any other code.
package enum ReasonCode: String, CaseIterable, Sendable {
  case deductible = "1"
  case coinsurance = "2"
  case copay = "3"
  case codesDisagree = "4"
  case diagnosisDisagrees = "11"
  case informationMissing = "16"
  case duplicate = "18"
  case otherPlanFirst = "22"
  case otherPayers = "23"
  case paidOtherwise = "24"
  case beforeCoverage = "26"
  case afterCoverage = "27"
  case timelyFiling = "29"
  case memberUnknown = "31"
  case aboveAllowed = "45"
  case notNecessary = "50"
  case secondSurgeon = "54"
  case concurrentProcedures = "59"
  case nonCovered = "96"
  case bundled = "97"
  case primaryMissing = "107"
  case otherPlan = "109"
  case benefitMaximum = "119"
  case diagnosisNotInUse = "146"
  case tooManyUnits = "151"
  case procedureNotInUse = "181"
  case authorizationMissing = "197"
  case notInPlan = "204"
  case notTogether = "236"
  case recordsNeeded = "252"
  case sequestration = "253"
  case denied = "A1"

  /// Whether the code is a part of the price that the member pays by the plan's terms.
  package var isCostShare: Bool { self == .deductible || self == .coinsurance || self == .copay }

  /// X12's codes whose own wording requires an accompanying remark code.
  package static let requiringRemark: Set<String> = [
    "16", "96", "125", "129", "148", "226", "227", "234", "252", "A1",
  ]

  /// X12's codes that explain part of a payment, and never a denied claim: the member's share, what other payers paid,
  /// the difference from the allowed amount, sequestration.
  package static let ofPayments: Set<String> = ["1", "2", "3", "23", "45", "94", "253"]

  /// What the code means to a member, whatever group it comes with. Every sentence is our own.
  package struct Words: Sendable {
    package let title: String
    package let because: String
    /// What the member can do about it; nil when there is nothing to do.
    package let advice: String?

    package init(_ title: String, _ because: String, advice: String? = nil) {
      self.title = title
      self.because = because
      self.advice = advice
    }
  }

  package var words: Words {
    switch self {
    case .deductible:
      Words("Deductible", "You pay this part yourself until your deductible for the year is met.")
    case .coinsurance:
      Words("Coinsurance", "This is your percentage of the price. The plan pays the rest.")
    case .copay:
      Words("Copay", "This is the fixed amount you pay for this kind of service.")
    case .codesDisagree:
      Words(
        "Code does not fit", "A code on the claim does not go with what was added to it.",
        advice: "Ask your provider to correct the claim and to send it again.")
    case .diagnosisDisagrees:
      Words(
        "Diagnosis does not fit", "The diagnosis on the claim is not one this service is usually given for.",
        advice: "Ask your provider whether the claim is right, and to send it again if it is not.")
    case .informationMissing:
      Words(
        "Information missing", "Something that we need to decide on this service was missing or did not fit together.",
        advice: "Ask your provider to correct the claim and to send it again.")
    case .duplicate:
      Words(
        "Received twice", "We have already decided on this very service, so it is not decided again.",
        advice:
          "Look for our earlier notice for the same date. If you did have the service twice, ask your provider to "
          + "say so on a corrected claim.")
    case .otherPlanFirst:
      Words(
        "Another plan first", "Another health plan may have to decide on this care before we do.",
        advice: "Ask your provider to bill your other plan first and then to send us its answer.")
    case .otherPayers:
      Words("Other insurance", "Your other health plan has already taken care of this part.")
    case .paidOtherwise:
      Words(
        "Paid otherwise",
        "Your provider reports this service and is paid for it in another way. You owe nothing for it here.")
    case .beforeCoverage:
      Words(
        "Before coverage began", "The service took place before your coverage with this plan began.",
        advice: "If you had other coverage on that day, give its details to your provider. "
          + "If the day your coverage began is wrong in our records, call us.")
    case .afterCoverage:
      Words(
        "After coverage ended", "The service took place after your coverage with this plan had ended.",
        advice: "If you had other coverage on that day, give its details to your provider. "
          + "If the day your coverage ended is wrong in our records, call us.")
    case .timelyFiling:
      Words(
        "Sent too late", "The claim came to us after the time your plan gives providers to send one.",
        advice: "There is nothing you need to do. If you are billed for it all the same, send your provider a copy of "
          + "this notice.")
    case .memberUnknown:
      Words(
        "Patient not found", "We could not find the patient on this claim among the people we cover.",
        advice:
          "Check that your provider has the member number, name and birth date as shown on your card, and ask "
          + "for the claim to be sent again.")
    case .aboveAllowed:
      Words("Plan discount", "Your provider charged more than the price this plan has for the service.")
    case .notNecessary:
      Words(
        "Not found necessary",
        "By the plan's medical rules this service was not needed for the condition on the claim.",
        advice: "You and your provider can send us what speaks for it and ask us to look again.")
    case .secondSurgeon:
      Words("More surgeons than paid for", "This procedure is not paid for more than one surgeon, or for an assistant.")
    case .concurrentProcedures:
      Words(
        "Several procedures", "When several procedures are done together, the second and later ones have a lower price."
      )
    case .nonCovered:
      Words(
        "Not a covered service", "Your plan does not pay for this service.",
        advice: "If you think your plan should cover it, you can ask us to look again.")
    case .bundled:
      Words("Part of another service", "The price of another service you had already includes this one.")
    case .primaryMissing:
      Words(
        "Belongs to another service", "This service only goes with another one, which is not on the claim.",
        advice: "Ask your provider whether the other service was left off, and to send the claim again if it was.")
    case .otherPlan:
      Words(
        "Another plan's claim", "This claim belongs to another health plan.",
        advice: "Ask your provider to send it to the plan on your current card.")
    case .benefitMaximum:
      Words(
        "Benefit limit reached",
        "Your plan pays for only so much of this service in a period, and that much is used up.",
        advice:
          "Your benefit booklet says when the limit starts anew. If our count looks wrong to you, ask us to check.")
    case .diagnosisNotInUse:
      Words(
        "Diagnosis not in use", "The diagnosis code was not in use on the day of the service.",
        advice: "Ask your provider to correct the claim and to send it again.")
    case .tooManyUnits:
      Words(
        "More than can be paid", "The claim counts this service more often than the information we received explains.",
        advice: "If you did have it that often, ask your provider to send us the records.")
    case .procedureNotInUse:
      Words(
        "Code not in use", "The service code was not in use on the day of the service.",
        advice: "Ask your provider to correct the claim and to send it again.")
    case .authorizationMissing:
      Words(
        "No approval on file", "This service needs the plan's approval beforehand, and we found none.",
        advice: "Ask your provider whether approval was given. If it was, the claim can be sent again with its number.")
    case .notInPlan:
      Words(
        "Not in your plan", "The benefits of your plan do not include this service.",
        advice: "If you think they should, you can ask us to look again.")
    case .notTogether:
      Words(
        "Not billed together",
        "By national coding rules this service is not billed next to another one of the same day.")
    case .recordsNeeded:
      Words(
        "Records needed", "We need papers about this service before we can decide on it.",
        advice: "Ask your provider to send them to us.")
    case .sequestration:
      Words("Federal reduction", "Federal law lowers this payment by a small percentage.")
    case .denied:
      Words("Taken back", "Your provider has asked us to treat this claim as if it had not been sent.")
    }
  }
}

/// The remittance advice remark codes (RARC) of X12 that our rules write, and those that examiners use most.
package enum RemarkCode: String, CaseIterable, Sendable {
  case billedTogether = "M15"
  case procedureMissing = "M51"
  case unitsMissing = "M53"
  case diagnosisMissing = "M76"
  case placeOfServiceMissing = "M77"
  case correction = "MA67"
  case claimUnprocessable = "MA130"
  case primaryMissing = "N122"
  case seeBenefits = "N130"
  case tooManyUnits = "N362"
  case notInFeeSchedule = "N448"
  case modifierDisagrees = "N519"

  /// What the remark adds to its reason code, in words for members; nil when it adds nothing for them.
  package var words: String? {
    switch self {
    case .billedTogether: "Services billed one by one here have one price together."
    case .procedureMissing: "The service code is missing or cannot be right."
    case .unitsMissing: "The number of units or days is missing or cannot be right."
    case .diagnosisMissing: "The diagnosis is missing or cannot be right."
    case .placeOfServiceMissing: "The place of service is missing or cannot be right."
    case .correction: nil
    case .claimUnprocessable: "The claim could not be processed as it was sent."
    case .primaryMissing: "It is added to a main service that we did not find."
    case .seeBenefits: "Your benefit booklet lists what is left out."
    case .tooManyUnits: "The number of units is above the most that is paid for."
    case .notInFeeSchedule: "It is not on the list of services this plan has a price for."
    case .modifierDisagrees: "The service and what was added to its code do not go together."
    }
  }
}

/// A group, a reason, and a remark where the reason requires one: `CO-16, M76`.
package struct AdjustmentCode: Hashable, Sendable, CustomStringConvertible {
  package let group: AdjustmentGroup
  package let reason: ReasonCode
  package let remark: RemarkCode?

  package init(_ group: AdjustmentGroup, _ reason: ReasonCode, _ remark: RemarkCode? = nil) {
    self.group = group
    self.reason = reason
    self.remark = remark
  }

  package var description: String {
    "\(group.rawValue)-\(reason.rawValue)" + (remark.map { ", \($0.rawValue)" } ?? "")
  }

  /// CO-45: the provider writes off the charge above the allowed amount.
  package static let writtenOff = AdjustmentCode(.contractual, .aboveAllowed)
  /// PR-45: a provider outside the network bills the member for it.
  package static let balanceBilled = AdjustmentCode(.patientResponsibility, .aboveAllowed)
  /// OA-23: what the payers before us paid and adjusted.
  package static let otherPayers = AdjustmentCode(.other, .otherPayers)
}
