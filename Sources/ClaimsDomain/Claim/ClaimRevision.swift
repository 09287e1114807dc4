import StrictText

/// A claim that is decided again, and what is different this time. It is a separate claim with its own number that
/// names the claim it replaces; the first decision is not changed.
package struct ClaimRevision: Hashable, Sendable, Codable {
  package var replaces: ClaimIntakeID
  /// Claims that the replaced claim itself asked to replace but did not, because it was suspended. Sorted.
  package var alsoReplaces: [ClaimIntakeID]
  package var cause: Cause
  /// The ruleset for the decision. It is part of the revision's identity: a revision under other rules is a different
  /// revision.
  package var ruleset: RulesetID
  /// What a person has set aside for this claim. Sorted.
  package var waived: [Waiver]
  /// The denial that a person has chosen instead of the rules' decision.
  package var denial: ChosenDenial?
  /// Prices of lines that a person has set, in line order.
  package var prices: [ChosenPrice]?
  /// Other payers' results that a person has entered, in order of their IDs.
  package var otherPayers: [EnteredPayer]?
  /// The position in which we pay, if a person has set it.
  package var turn: PayerSequence?
  /// The document that a person has accepted as proof.
  package var document: String?
  /// The claim that this one replaces or voids, if a person has identified it.
  package var prior: ClaimIntakeID?
  /// The other claims that a person has compared this one with, sorted. A waiver of such a comparison covers no other claim;
  /// nil for a revision from before they were recorded, whose waivers cover every claim.
  package var compared: [ClaimIntakeID]?

  package enum Cause: String, Sendable, Codable, CaseIterable {
    /// The rules were corrected, or the rules of another day apply.
    case rules
    /// The member's enrollment was different from what was known.
    case coverage
    /// A deductible or maximum has more or less left than when the claim was decided.
    case accumulators
    /// The provider or the member appealed successfully.
    case appeal
    /// A person lets a suspended claim proceed.
    case release
    /// A person denies a suspended claim.
    case denial
    /// A person has set the price of a line.
    case price
    /// A person has entered what another payer decided.
    case otherPayer = "other-payer"
    /// A person has accepted a document.
    case document
  }

  package init(
    replaces: ClaimIntakeID, alsoReplaces: some Sequence<ClaimIntakeID> = [], cause: Cause, ruleset: RulesetID,
    waived: some Sequence<Waiver> = [],
    denial: ChosenDenial? = nil, prices: [ChosenPrice]? = nil, otherPayers: [EnteredPayer]? = nil,
    turn: PayerSequence? = nil, document: String? = nil, prior: ClaimIntakeID? = nil,
    compared: Set<ClaimIntakeID>? = nil
  ) {
    self.prior = prior
    self.compared = compared?.sorted()
    self.prices = prices?.sorted { $0.line < $1.line }
    self.otherPayers = otherPayers?.sorted { $0.id < $1.id }
    self.turn = turn
    self.document = document
    self.replaces = replaces
    self.alsoReplaces = Set(alsoReplaces).sorted()
    self.cause = cause
    self.ruleset = ruleset
    self.waived = Set(waived).sorted()
    self.denial = denial
  }
}

/// A line price that a person has set.
package struct ChosenPrice: Hashable, Sendable, Codable {
  /// LX01.
  package var line: Int
  package var amount: Money

  package init(line: Int, amount: Money) {
    self.line = line
    self.amount = amount
  }
}

/// Another payer's result that a person has entered. It replaces what the claim says about that payer.
package struct EnteredPayer: Hashable, Sendable, Codable {
  package var id: PayerID
  package var sequence: PayerSequence
  /// The payer's result; nil when the payer has not decided.
  package var result: Result?

  /// A payer's result for the claim as a whole.
  package struct Result: Hashable, Sendable, Codable {
    package var paid: Money
    /// The amount that the payer left to the patient.
    package var patientOwes: Money

    package init(paid: Money, patientOwes: Money) {
      self.paid = paid
      self.patientOwes = patientOwes
    }

    enum CodingKeys: String, CodingKey {
      case paid
      case patientOwes = "patient_owes"
    }
  }

  package init(id: PayerID, sequence: PayerSequence, result: Result?) {
    self.id = id
    self.sequence = sequence
    self.result = result
  }
}

/// A person's denial of a claim: group, CARC, and, if the reason requires one, RARC.
package struct ChosenDenial: Hashable, Sendable, Codable {
  package var group: AdjustmentGroup
  package var reason: String
  package var remark: String?

  package init(group: AdjustmentGroup, reason: String, remark: String? = nil) {
    self.group = group
    self.reason = reason
    self.remark = remark
  }

  /// Creates a denial from text such as `CO-16`. Whether there is such a code, the imported list says. Codes 42 and A2 were retired long ago: they are read but never written.
  package init?(parsing text: String) {
    guard let match = text.wholeMatch(of: /(CO|PR|OA|PI)-([1-9][0-9]{0,2}|[ABDPWY][0-9]{1,2})/),
      let group = AdjustmentGroup(rawValue: String(match.1)), !["42", "A2"].contains(match.2)
    else { return nil }
    self.init(group: group, reason: String(match.2))
  }

  /// Whether a text has the form of a remittance advice remark code, such as M76, MA130 or N130. Whether there is such a
  /// code, the imported list says.
  package static func isRemark(_ text: String) -> Bool { text.wholeMatch(of: /(M|MA|N)[0-9]{1,4}/) != nil }
}

extension SubmittedClaim {
  /// The claims that this one replaces when it is decided: the claim that it revises, and the claim that its provider
  /// asks to replace or void (CLM05-3 is 7 or 8, REF*F8).
  package var priorClaims: [ClaimIntakeID] {
    (revision.map { [$0.replaces] + $0.alsoReplaces } ?? []) + [namedPriorClaim].compactMap(\.self)
  }

  /// The claim that the provider asks to replace or void. Also nil when that was already handled: the claim that this
  /// one revises has replaced it, or a person said to leave it.
  package var namedPriorClaim: ClaimIntakeID? {
    // A test or an encounter report is not a claim that can replace another.
    guard frequency == .replacement || frequency == .void, !waives(.priorClaim), isTest != true, purpose != .encounter
    else { return nil }
    return revision?.prior ?? payerControlNumber.map { ClaimIntakeID(ours: $0) }
  }

  /// Whether REF*F8 has the format of our claim numbers.
  var namesOurs: Bool {
    payerControlNumber?.capitals.wholeMatch(of: /CLM-[0-9A-F]{20}/) != nil
  }

  /// Whether the provider asks to treat a claim as if it had never been sent. Nothing is paid for this claim, whatever
  /// a person has set aside.
  package var isVoid: Bool { frequency == .void }

  /// Whether a person has set this aside for the claim.
  package func waives(_ waiver: Waiver) -> Bool { revision?.waived.contains(waiver) ?? false }

  /// Returns the claims that a person still has to compare this one with.
  ///
  /// - Parameter reason: The reason to wait that the comparison is about.
  package func uncompared(_ others: Set<ClaimIntakeID>, for reason: SuspenseReason) -> Set<ClaimIntakeID> {
    guard waives(.wait(reason)) else { return others }
    return revision?.compared.map { others.subtracting($0) } ?? []
  }
}

extension ClaimIntakeID {
  /// Creates an ID from one of our numbers as another party writes it, possibly in capitals or with surrounding spaces.
  fileprivate init(ours text: String) {
    let trimmed = text.trimmingPrefix(while: \.isWhitespace)
    self.init(trimmed.capitals.hasPrefix("CLM-") ? "CLM-" + trimmed.dropFirst(4).lowercased() : String(trimmed))
  }
}
