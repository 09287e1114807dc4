package import ClaimsDomain

/// What a person gives a suspended claim. Each item is taken when the claim asks for it, so that nothing is given
/// unseen.
package struct Given: Sendable {
  /// The reasons to waive.
  package var released: [SuspenseReason] = []
  /// The documents that are accepted: what each one is, and where it is kept.
  package var documents: [String] = []
  package var prices: [ChosenPrice] = []
  /// What other payers have decided.
  package var payers: [EnteredPayer] = []
  /// Our turn among the payers.
  package var turn: PayerSequence?
  /// The claim that this one replaces or voids.
  package var prior: ClaimIntakeID?
  /// The claims that it was compared with, besides those that it waits for.
  package var compared: Set<ClaimIntakeID> = []

  package init(
    released: [SuspenseReason] = [], documents: [String] = [], prices: [ChosenPrice] = [],
    payers: [EnteredPayer] = [], turn: PayerSequence? = nil, prior: ClaimIntakeID? = nil,
    compared: Set<ClaimIntakeID> = []
  ) {
    self.prior = prior
    self.compared = compared
    self.released = released
    self.documents = documents
    self.prices = prices
    self.payers = payers
    self.turn = turn
  }

  var isEmpty: Bool {
    released.isEmpty && documents.isEmpty && prices.isEmpty && payers.isEmpty && turn == nil && prior == nil
  }

  /// Returns the items with the reason that a claim waits for, if it can be let go.
  func releasing(_ reason: SuspenseReason?) -> Given {
    var given = self
    if let reason, reason.isReleasable, !given.released.contains(reason) { given.released.insert(reason, at: 0) }
    return given
  }

  /// Moves the items that a claim asks for to the items taken.
  ///
  /// - Returns: false when none of the items is what the claim asks for.
  mutating func give(to suspense: Suspense, _ taken: inout Given, _ waivers: inout [Waiver]) -> Bool {
    let reason = suspense.reason
    switch reason.remedy {
    case .document:
      guard !documents.isEmpty, !waivers.contains(.wait(reason)) else { return false }
      taken.documents.append(documents.removeFirst())
      waivers.append(.wait(reason))
    case .price:
      let asked = prices.filter { suspense.lines.contains($0.line) }
      guard !asked.isEmpty else { return false }
      prices.removeAll(where: asked.contains)
      taken.prices += asked
    case .otherPayer:
      guard !payers.isEmpty || turn != nil else { return false }
      // All payers are entered at once, because the turn of one depends on the turns of the others.
      (taken.payers, taken.turn) = (payers, turn)
      (payers, turn) = ([], nil)
    case .priorClaim where prior != nil, .sendAgain where prior != nil && reason.isAboutPriorClaim:
      (taken.prior, prior) = (prior, nil)
    case .priorClaim: return false
    // A replacement must not be paid as an independent claim just because the number given for its prior claim is
    // wrong.
    case .sendAgain where taken.prior != nil && reason.isAboutPriorClaim: return false
    case .release, .sendAgain, .rules:
      guard let index = released.firstIndex(of: reason), !waivers.contains(.wait(reason)) else { return false }
      released.remove(at: index)
      taken.released.append(reason)
      waivers += reason.waivers
    }
    return true
  }

  /// A short description of each item, for the record and for refusals.
  package var words: [String] {
    var words = released.map { "let go \($0.code)" } + documents.map { "document \($0)" }
    words += compared.sorted().map { "compared with \($0)" }
    words += prices.map { "line \($0.line) \($0.amount)" }
    words += payers.map { payer in
      "\(payer.id) in turn \(payer.sequence.rawValue)"
        + (payer.result.map { " paid \($0.paid) and left \($0.patientOwes)" } ?? " has not decided")
    }
    return words
      + [turn.map { "we pay in turn \($0.rawValue)" }, prior.map { "it replaces \($0)" }].compactMap(\.self)
  }
}
