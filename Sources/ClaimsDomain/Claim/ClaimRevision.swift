import StrictText

/// A claim decided once more, and what is different this time. It is a claim of its own, with a number of its own, that
/// names the one it takes the place of: the first decision stays as it was.
package struct ClaimRevision: Hashable, Sendable, Codable {
  package var replaces: ClaimIntakeID
  /// What the claim it replaces had itself asked to replace, and has not, since it was suspended. Sorted.
  package var alsoReplaces: [ClaimIntakeID]
  package var cause: Cause
  /// The rules it is decided by. Part of what the revision is: by other rules it is another one.
  package var ruleset: RulesetID
  /// What a person has set aside for this claim. Sorted.
  package var waived: [Waiver]
  /// What a person has decided in place of the rules.
  package var denial: ChosenDenial?
  /// Prices of lines that a person has set, in order of line.
  package var prices: [ChosenPrice]?
  /// Results of other payers that a person has entered, in order of their ids.
  package var otherPayers: [EnteredPayer]?
  /// In whose turn we pay, where a person has said so.
  package var turn: PayerSequence?
  /// What a person has accepted as proof.
  package var document: String?
  /// The claim that this one replaces or voids, where a person has said which.
  package var prior: ClaimIntakeID?

  package enum Cause: String, Sendable, Codable, CaseIterable {
    /// The rules were corrected, or the rules of another day hold.
    case rules
    /// The member was enrolled, or was not, otherwise than was known.
    case coverage
    /// A deductible or maximum has more left, or less, than when the claim was decided.
    case accumulators
    /// The provider or the member appealed, and was right.
    case appeal
    /// A person lets a suspended claim go on.
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
    turn: PayerSequence? = nil, document: String? = nil, prior: ClaimIntakeID? = nil
  ) {
    self.prior = prior
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

/// The price of a line that a person has set.
package struct ChosenPrice: Hashable, Sendable, Codable {
  /// LX01.
  package var line: Int
  package var amount: Money

  package init(line: Int, amount: Money) {
    self.line = line
    self.amount = amount
  }
}

/// Another payer's result as a person has entered it. It replaces what the claim says of that payer.
package struct EnteredPayer: Hashable, Sendable, Codable {
  package var id: PayerID
  package var sequence: PayerSequence
  /// Nil where the payer has not decided.
  package var result: Result?

  /// Of the claim as a whole.
  package struct Result: Hashable, Sendable, Codable {
    package var paid: Money
    /// What it left to the patient.
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

/// How a person denies a claim: group, CARC and, where the reason wants one, RARC.
package struct ChosenDenial: Hashable, Sendable, Codable {
  package var group: AdjustmentGroup
  package var reason: String
  package var remark: String?

  package init(group: AdjustmentGroup, reason: String, remark: String? = nil) {
    self.group = group
    self.reason = reason
    self.remark = remark
  }
}

extension SubmittedClaim {
  /// The claims this one takes the place of when it is decided: what it is a revision of, and what its provider asks to
  /// replace or void (CLM05-3 is 7 or 8, REF*F8).
  package var priorClaims: [ClaimIntakeID] {
    (revision.map { [$0.replaces] + $0.alsoReplaces } ?? []) + [namedPriorClaim].compactMap(\.self)
  }

  /// Nil also where it was seen to: the claim this is a revision of has replaced it, or a person said to leave it.
  package var namedPriorClaim: ClaimIntakeID? {
    // A test and a report of an encounter are no claims that could take the place of one.
    guard frequency == .replacement || frequency == .void, !waives(.priorClaim), isTest != true, purpose != .encounter
    else { return nil }
    return revision?.prior ?? payerControlNumber.map { ClaimIntakeID(ours: $0) }
  }

  /// Whether REF*F8 has the form of our numbers.
  var namesOurs: Bool {
    payerControlNumber?.capitals.wholeMatch(of: /CLM-[0-9A-F]{20}/) != nil
  }

  /// The provider asks that a claim be as if it had never been sent; so nothing is paid for this one, whatever a person
  /// has set aside.
  package var isVoid: Bool { frequency == .void }

  /// Whether a person has set this aside for the claim.
  package func waives(_ waiver: Waiver) -> Bool { revision?.waived.contains(waiver) ?? false }
}

extension ClaimIntakeID {
  /// One of our numbers as somebody else writes it, perhaps in capitals or with blanks round it.
  fileprivate init(ours text: String) {
    let trimmed = text.trimmingPrefix(while: \.isWhitespace)
    self.init(trimmed.capitals.hasPrefix("CLM-") ? "CLM-" + trimmed.dropFirst(4).lowercased() : String(trimmed))
  }
}
