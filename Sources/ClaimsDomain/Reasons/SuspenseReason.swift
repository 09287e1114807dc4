/// Why a well-formed claim still waits for a person.
package enum SuspenseReason: String, Error, Sendable, Codable, CaseIterable {
  /// The member with the claim's member number has a different name or birth date than the patient.
  case memberDiffers = "member-differs"
  /// SBR01 says that we do not pay first, and either the claim does not say what the other payers paid, or the plan
  /// does not define what it pays after them.
  case otherPayerFirst = "other-payer-first"
  /// Two payers have the same position (SBR01), or a payer after us has already decided.
  case payersContradict = "payers-contradict"
  /// A payer before us has not decided.
  case otherPayerUndecided = "other-payer-undecided"
  /// What the other payers paid and adjusted does not add up to the charge.
  case otherPayerUnbalanced = "other-payer-unbalanced"
  /// CLM08 is not Y: the member has not assigned the benefits, so they do not belong to the provider.
  case benefitsNotAssigned = "benefits-not-assigned"
  /// CLM11: the care was caused by an accident or by employment, so another party may be liable.
  case liability
  /// BHT06 is 31: a Medicaid agency requests reimbursement.
  case subrogation
  /// Condition code 21: the provider bills in order to receive a denial, so that another payer pays.
  case billedForDenial = "billed-for-denial"
  /// SV103: minutes, for which no rule of the plan has a price.
  case unitsNotServices = "units-not-services"
  /// CLM05-3 is 1, but REF*F8 names one of our claims.
  case priorClaimNamed = "prior-claim-named"
  /// CLM05-3 is 7 or 8, but REF*F8 does not name one of our claims.
  case priorClaimUnnamed = "prior-claim-unnamed"
  /// No claim of this provider, payer, and member has the number in REF*F8.
  case priorClaimUnknown = "prior-claim-unknown"
  /// The claim arrived too late to be decided, and the claim it would replace remains in effect unless a person decides
  /// otherwise.
  case lateReplacement = "late-replacement"
  /// The claim named in REF*F8 was already replaced or voided.
  case priorClaimReplaced = "prior-claim-replaced"
  /// The claim named in REF*F8 was decided, but its payment was refused.
  case priorClaimUnpaid = "prior-claim-unpaid"
  /// CLM05-3 is 2, 3, or 4: the stay continues, and its bills are decided together.
  case interimBill = "interim-bill"
  /// Any CLM05-3 other than the above: late charges, no-pay bills, the payer's own adjustments.
  case unusualFrequency = "unusual-frequency"
  /// The fee schedule lists the code without a price: by report, by the contractor, or by base units.
  case priceByReport = "price-by-report"
  /// An assistant or co-surgeon whose need has to be documented.
  case surgeonDocumentation = "surgeon-documentation"
  /// The sixth and every later procedure of a day is priced by report.
  case moreThanFiveProcedures = "more-than-five-procedures"
  /// Imaging, therapy, cardiovascular, or ophthalmic services on one day, which reduce one another by component.
  case componentReduction = "component-reduction"
  /// The plan uses a table that the ruleset does not contain for the day of service.
  case noTableForDay = "no-table-for-day"
  /// The member is enrolled in a plan that the ruleset does not contain.
  case planUnknown = "plan-unknown"
  /// The same provider has billed another claim with this number: with different content for the same member, or for
  /// another member from the same day on.
  case claimNumberKnown = "claim-number-known"
  /// Another claim was allowed care with the same day and code, and the plan requires a person to decide whether it is
  /// the same care.
  case nearDuplicate = "near-duplicate"
  /// Another claim was allowed a code that NCCI does not pay together with one of this claim's codes.
  case columnTwoElsewhere = "column-two-elsewhere"
  /// Another claim that affects this one is in the store, but its text is unreadable.
  case otherClaimDamaged = "other-claim-damaged"

  /// The code in stored records and output, such as `other-payer-first`.
  package var code: String { rawValue }

  /// Whether the reason names other claims that a person compares this one with. A release covers those alone.
  package var isComparison: Bool { declaration.isComparison }

  /// Whether the reason concerns the claim that this one replaces or voids.
  package var isAboutPriorClaim: Bool { declaration.isAboutPriorClaim }

  /// Whether the claim can proceed once a person has set the reason aside.
  package var isWaivable: Bool { remedy == .release }

  /// Whether a person can let the claim proceed, even if it was sent to replace or void another claim.
  package var isReleasable: Bool { isWaivable || (isAboutPriorClaim && self != .priorClaimReplaced) }

  /// Whether the claim proceeds once a person has approved it, whatever they reviewed to do so. Prices and other
  /// payers' payments cannot be omitted.
  var canBeSetAside: Bool { remedy == .release || remedy == .document || isAboutPriorClaim }

  /// What a person sets aside when letting the claim proceed.
  package var waivers: [Waiver] { [.wait(self)] + (isAboutPriorClaim ? [.priorClaim] : []) }

  /// The action that lets a claim proceed, other than denying it.
  package enum Remedy: Hashable, Sendable, CaseIterable {
    /// Let the claim proceed.
    case release
    /// Set the price of a line.
    case price
    /// Enter what another payer has decided, or the order in which payers pay.
    case otherPayer
    /// Accept a document.
    case document
    /// Decide by rules that have what the ruleset lacks.
    case rules
    /// Identify the claim that it replaces or voids.
    case priorClaim
    /// Leave this claim and the claim that it names unchanged; the provider has to resubmit it.
    case sendAgain
  }

  package var remedy: Remedy { declaration.remedy }

  /// Text for the examiner.
  package var text: String { declaration.text }

  private struct Declaration {
    let remedy: Remedy
    let text: String
    let isComparison: Bool
    let isAboutPriorClaim: Bool

    init(_ remedy: Remedy, _ text: String, isComparison: Bool = false, isAboutPriorClaim: Bool = false) {
      self.remedy = remedy
      self.text = text
      self.isComparison = isComparison
      self.isAboutPriorClaim = isAboutPriorClaim
    }
  }

  private var declaration: Declaration {
    switch self {
    case .memberDiffers:
      Declaration(
        .release,
        "the member of this number has another name or birth date than the patient: a person has to say who was treated"
      )
    // A claim with another payer before us is never paid as if no other payer had paid.
    case .otherPayerFirst:
      Declaration(
        .otherPayer,
        "another payer pays first: the claim does not report its decision, or the plan has no coordination_of_benefits")
    case .payersContradict:
      Declaration(.otherPayer, "the payers' turns contradict one another (SBR01), or one has decided out of turn")
    case .otherPayerUndecided:
      Declaration(.otherPayer, "a payer before us has not decided, or the claim does not report its decision")
    case .otherPayerUnbalanced:
      Declaration(.otherPayer, "what another payer paid and adjusted does not add up to the charge")
    case .benefitsNotAssigned:
      Declaration(.document, "the member has not assigned the benefits to the provider (CLM08)")
    case .liability:
      Declaration(.release, "the care was caused by an accident or by employment (CLM11): another party may be liable")
    case .subrogation:
      Declaration(.sendAgain, "a Medicaid agency asks to be paid back (BHT06 is 31)")
    case .billedForDenial:
      Declaration(.sendAgain, "the provider asks for a denial notice (condition code 21)")
    case .unitsNotServices:
      Declaration(.price, "a service is counted in minutes, which the plan has no price for")
    case .priorClaimNamed:
      Declaration(.sendAgain, "it names a claim of ours (REF*F8), and its frequency code is that of an original")
    case .priorClaimUnnamed:
      Declaration(.sendAgain, "it replaces or voids a claim, and does not say which (REF*F8)", isAboutPriorClaim: true)
    case .priorClaimUnknown:
      Declaration(.sendAgain, "it replaces or voids a claim that is not known here (REF*F8)", isAboutPriorClaim: true)
    case .lateReplacement:
      Declaration(.release, "it replaces a claim but arrived too late: the earlier claim stays in effect")
    // On its own, the claim would be paid in addition to the one that replaced the named one.
    case .priorClaimReplaced:
      Declaration(.priorClaim, "the claim it replaces or voids was replaced before", isAboutPriorClaim: true)
    case .priorClaimUnpaid:
      Declaration(
        .sendAgain, "the claim it replaces or voids waits for a person: its payment was refused",
        isAboutPriorClaim: true)
    case .interimBill:
      Declaration(.release, "an interim bill of a stay that goes on waits for a person")
    case .unusualFrequency:
      Declaration(.release, "a claim of this frequency code waits for a person")
    case .priceByReport:
      Declaration(.price, "no rule has a price for a service as it was given, so a person has to set it")
    case .surgeonDocumentation:
      Declaration(.document, "whether a second surgeon was needed has to be shown on paper")
    case .moreThanFiveProcedures:
      Declaration(.price, "from the sixth procedure of a day on, prices are set by report")
    case .componentReduction:
      Declaration(.price, "services of one day reduce one another by component, which a person has to price")
    case .noTableForDay:
      Declaration(.rules, "the ruleset holds no table for the day of service: import one with `claims rules import`")
    case .planUnknown:
      Declaration(
        .rules, "the member is enrolled in a plan that these rules do not have: decide it by rules that do (--plans)")
    case .claimNumberKnown:
      Declaration(
        .release,
        "the provider has sent another claim of this number: a person has to say whether it is the same care",
        isComparison: true)
    case .nearDuplicate:
      Declaration(
        .release,
        "care like this was allowed on another claim: a person has to say whether it is the same",
        isComparison: true)
    case .columnTwoElsewhere:
      Declaration(
        .release,
        "another claim was allowed column 2 of a pair whose column 1 this one has: let this one go on, then adjust that",
        isComparison: true)
    case .otherClaimDamaged:
      Declaration(
        .release,
        "another claim that affects this one is damaged in the store: run `claims verify`, and restore that claim first",
        isComparison: true)
    }
  }
}
