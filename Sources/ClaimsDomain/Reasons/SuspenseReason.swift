/// Why a claim that is well formed still waits for a person.
package enum SuspenseReason: String, Error, Sendable, Codable, CaseIterable {
  /// The member whose number the claim names has another name or birth date than its patient.
  case memberDiffers = "member-differs"
  /// SBR01 says that we do not pay first, and either the claim does not say what the other payers paid, or the plan does
  /// not say what it pays after them.
  case otherPayerFirst = "other-payer-first"
  /// Two payers have the same turn (SBR01), or one has decided whose turn comes after ours.
  case payersContradict = "payers-contradict"
  /// A payer before us has not decided.
  case otherPayerUndecided = "other-payer-undecided"
  /// What the other payers paid and adjusted does not add up to the charge.
  case otherPayerUnbalanced = "other-payer-unbalanced"
  /// CLM08 is not Y: the member has not assigned the benefits, so they are not the provider's.
  case benefitsNotAssigned = "benefits-not-assigned"
  /// CLM11: an accident or the employment caused it, so somebody else may be liable.
  case liability
  /// BHT06 is 31: a Medicaid agency asks to be paid back.
  case subrogation
  /// Condition code 21: the provider bills to be denied, so that another payer pays.
  case billedForDenial = "billed-for-denial"
  /// SV103: minutes, which no rule of the plan prices.
  case unitsNotServices = "units-not-services"
  /// CLM05-3 is 1, and REF*F8 names a claim of ours all the same.
  case priorClaimNamed = "prior-claim-named"
  /// CLM05-3 is 7 or 8, and no number of ours says which claim is meant (REF*F8).
  case priorClaimUnnamed = "prior-claim-unnamed"
  /// No claim of this provider, payer and member has the number that REF*F8 names.
  case priorClaimUnknown = "prior-claim-unknown"
  /// It comes too late to be decided, and the claim that it would replace stands as long as nobody says otherwise.
  case lateReplacement = "late-replacement"
  /// The claim that is meant was replaced or voided before.
  case priorClaimReplaced = "prior-claim-replaced"
  /// The claim that is meant was decided, and its payment was refused.
  case priorClaimUnpaid = "prior-claim-unpaid"
  /// CLM05-3 is 2, 3 or 4: the stay goes on, and its bills are decided together.
  case interimBill = "interim-bill"
  /// Any other CLM05-3 but 1: late charges, no-pay bills, the payer's own adjustments.
  case unusualFrequency = "unusual-frequency"
  /// A code the fee schedule lists without a price: by report, by the contractor, by base units.
  case priceByReport = "price-by-report"
  /// An assistant or co-surgeon, where the need for one has to be shown.
  case surgeonDocumentation = "surgeon-documentation"
  /// The sixth and every later procedure of a day is priced by report.
  case moreThanFiveProcedures = "more-than-five-procedures"
  /// Imaging, therapy, cardiovascular or ophthalmic services of one day, which reduce one another by their components.
  case componentReduction = "component-reduction"
  /// The plan decides by a table that the ruleset does not hold for the day of service.
  case noTableForDay = "no-table-for-day"
  /// The same provider has billed another claim of this number for the same member, with other content.
  case claimNumberKnown = "claim-number-known"
  /// Another claim was allowed care of the same day and code, and the plan has a person tell whether it is the same.
  case nearDuplicate = "near-duplicate"
  /// Another claim was allowed a code that NCCI does not pay beside one of this claim's.
  case columnTwoElsewhere = "column-two-elsewhere"
  /// Another claim that bears on this one is in the store, and its text does not read.
  case otherClaimDamaged = "other-claim-damaged"

  /// What stands in stored records and output: `other-payer-first`.
  package var code: String { rawValue }

  /// Whether it is about the claim that this one replaces or voids.
  package var isAboutPriorClaim: Bool {
    switch self {
    case .priorClaimUnnamed, .priorClaimUnknown, .priorClaimReplaced, .priorClaimUnpaid: true
    default: false
    }
  }

  /// Whether the claim can go on once a person has set the reason aside.
  package var isWaivable: Bool { remedy == .release }

  /// Whether a person can let the claim go on, though it may be no claim of its own.
  package var isReleasable: Bool { isWaivable || (isAboutPriorClaim && self != .priorClaimReplaced) }

  /// Whether the claim goes on once a person has said so, whatever they have looked at for it. Prices, and what other payers
  /// have paid, cannot be done without.
  var canBeSetAside: Bool { remedy == .release || remedy == .document || isAboutPriorClaim }

  /// What a person sets aside who lets the claim go on.
  package var waivers: [Waiver] { [.wait(self)] + (isAboutPriorClaim ? [.priorClaim] : []) }

  /// What a person does about a claim that waits for it, besides denying the claim.
  package enum Remedy: Hashable, Sendable, CaseIterable {
    /// Let it go on.
    case release
    /// Set the price of a line.
    case price
    /// Tell what another payer has decided, or in which turn payers pay.
    case otherPayer
    /// Accept a document.
    case document
    /// Import what the rules lack.
    case rules
    /// Say which claim it replaces or voids.
    case priorClaim
    /// Leave it, and the claim that it names, as they are: its provider has to send it anew.
    case sendAgain
  }

  package var remedy: Remedy {
    switch self {
    case .memberDiffers, .liability, .interimBill, .unusualFrequency, .lateReplacement, .claimNumberKnown,
      .otherClaimDamaged,
      .nearDuplicate, .columnTwoElsewhere:
      .release
    case .priceByReport, .moreThanFiveProcedures, .componentReduction, .unitsNotServices: .price
    // As if nobody else paid, no claim is paid after another payer.
    case .otherPayerFirst, .otherPayerUndecided, .payersContradict, .otherPayerUnbalanced: .otherPayer
    case .benefitsNotAssigned, .surgeonDocumentation: .document
    case .noTableForDay: .rules
    // By itself it would be paid beside the claim that has taken the named one's place.
    case .priorClaimReplaced: .priorClaim
    case .subrogation, .billedForDenial, .priorClaimNamed, .priorClaimUnnamed, .priorClaimUnknown, .priorClaimUnpaid:
      .sendAgain
    }
  }

  /// For the examiner.
  package var text: String {
    switch self {
    case .memberDiffers:
      "the member of this number has another name or birth date than the patient: a person has to say who was treated"
    case .otherPayerFirst:
      "another payer pays first: its decision is not told, or the plan has no coordination_of_benefits"
    case .payersContradict: "the payers' turns contradict one another (SBR01), or one has decided out of turn"
    case .otherPayerUndecided: "a payer before us has not decided, or the claim does not tell what it decided"
    case .benefitsNotAssigned: "the member has not assigned the benefits to the provider (CLM08)"
    case .liability: "an accident or the employment caused it (CLM11): somebody else may be liable"
    case .subrogation: "a Medicaid agency asks to be paid back (BHT06 is 31)"
    case .billedForDenial: "the provider asks for a denial notice (condition code 21)"
    case .unitsNotServices: "a service is counted in minutes, which the plan has no price for"
    case .priorClaimNamed: "it names a claim of ours (REF*F8), and its frequency code is that of an original"
    case .otherPayerUnbalanced: "what another payer paid and adjusted does not add up to the charge"
    case .priorClaimUnnamed: "it replaces or voids a claim, and does not say which (REF*F8)"
    case .priorClaimUnknown: "it replaces or voids a claim that is not known here (REF*F8)"
    case .lateReplacement: "it replaces a claim, and came too late: the claim it would replace stands"
    case .priorClaimReplaced: "the claim it replaces or voids was replaced before"
    case .priorClaimUnpaid: "the claim it replaces or voids waits for a person: its payment was refused"
    case .interimBill: "an interim bill of a stay that goes on waits for a person"
    case .unusualFrequency: "a claim of this frequency code waits for a person"
    case .priceByReport: "no rule has a price for a service as it was given, so a person has to set it"
    case .surgeonDocumentation: "whether a second surgeon was needed has to be shown on paper"
    case .moreThanFiveProcedures: "from the sixth procedure of a day on, prices are set by report"
    case .componentReduction: "services of one day reduce one another by component, which a person has to price"
    case .noTableForDay: "the ruleset holds no table for the day of service: import one with `claims rules import`"
    case .claimNumberKnown:
      "the provider has sent another claim of this number for the member: a person has to say whether it is the same care"
    case .nearDuplicate:
      "care of the same day and code was allowed on another claim: a person has to say whether it is the same"
    case .columnTwoElsewhere:
      "another claim was allowed column 2 of a pair whose column 1 this one has: let this one go on, then adjust that"
    case .otherClaimDamaged:
      "another claim that bears on this one is damaged in the store: run `claims verify`, and restore that claim first"
    }
  }
}
