package import ClaimPipeline
package import ClaimsDomain
package import DurableExecution

/// What a person at a desk does with a suspended claim, whatever store it is in.
package protocol ClaimDesk: Sendable {
  func release(_ name: String, besides: AlsoGiven) async throws -> ClaimAdjustment
  func deny(_ name: String, as denial: ChosenDenial) async throws -> ClaimAdjustment
  func price(_ name: String, _ prices: [ChosenPrice], besides: AlsoGiven) async throws -> ClaimAdjustment
  func enter(
    _ name: String, otherPayer payer: EnteredPayer?, turn: PayerSequence?, besides: AlsoGiven
  ) async throws -> ClaimAdjustment
  func accept(_ name: String, document: String, besides: AlsoGiven) async throws -> ClaimAdjustment
}

/// What a person gives beside the first thing that a claim waits for, where it waits for several.
package struct AlsoGiven: Sendable {
  /// Reasons that are let go.
  package var released: [SuspenseReason] = []
  /// What proves that the benefits are assigned.
  package var document: String?
  package var prices: [ChosenPrice] = []

  package init(released: [SuspenseReason] = [], document: String? = nil, prices: [ChosenPrice] = []) {
    self.released = released
    self.document = document
    self.prices = prices
  }

  fileprivate var waivers: [Waiver] {
    released.map(Waiver.wait) + (document == nil ? [] : [.wait(.benefitsNotAssigned)])
  }

  /// Behind the act that goes on record.
  fileprivate var text: String {
    released.map { "; also \($0.code)" }.joined() + (document.map { "; document \($0)" } ?? "")
      + prices.map { "; line \($0.line) \($0.amount)" }.joined()
  }
}

/// Decides claims once more that were decided, or that wait for a person.
package struct ClaimAdjuster<Store: ClaimStore>: ClaimDesk {
  private let app: ClaimsApp<Store>
  /// Goes on record.
  private let signOff: SignOff

  package init(_ app: ClaimsApp<Store>, by signOff: SignOff) {
    self.app = app
    self.signOff = signOff
  }

  /// Decides a claim once more by the rules at hand. Where that comes to the same outcome, nothing is done.
  ///
  /// - Parameter name: our number for the claim, or the provider's.
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func adjust(
    _ name: String, for cause: ClaimRevision.Cause, waiving waivers: [Waiver] = []
  ) async throws -> ClaimAdjustment {
    let prior = try await app.store.read { try StandingClaim(named: name, in: $0) }
    let revised = try prior.revised(for: cause, by: app.ruleset.id, waiving: waivers)
    if try await preview(revised, of: prior).comesToTheSame(as: prior.response.verdict) {
      return ClaimAdjustment(prior: prior, priorInterest: .zero, result: nil)
    }
    return try await decide(revised, inPlaceOf: prior, act: "adjust: \(cause.rawValue)", waiving: waivers)
  }

  /// Lets a suspended claim go on: it is decided as if what it waits for were in order. A claim whose payment was refused
  /// is paid once more.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func release(_ name: String, besides: AlsoGiven = AlsoGiven()) async throws -> ClaimAdjustment {
    let prior = try await suspended(name)
    if case .suspended(let suspense) = prior.response.verdict, suspense.reason.remedy == .document {
      throw RevisionRefusal.otherRemedy(prior.row.id, suspense.reason)
    }
    let revised = try prior.revised(
      for: .release, by: app.ruleset.id, waiving: besides.waivers, prices: try prices(besides, of: prior),
      document: besides.document)
    _ = try await preview(revised, of: prior)
    let before = prior.submitted.revision?.waived ?? []
    let waived = (revised.revision?.waived ?? []).filter { !before.contains($0) }
    return try await decide(revised, inPlaceOf: prior, act: "release\(besides.text)", waiving: waived)
  }

  /// Denies a suspended claim.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func deny(_ name: String, as denial: ChosenDenial) async throws -> ClaimAdjustment {
    let tables = app.ruleset.tables
    if let reasons = tables.reasonCodes, !reasons.contains(denial.reason) {
      throw RevisionRefusal.codeNotInUse(denial.reason)
    }
    if let remark = denial.remark, let remarks = tables.remarkCodes, !remarks.contains(remark) {
      throw RevisionRefusal.codeNotInUse(remark)
    }
    let prior = try await suspended(name)
    return try await decide(prior, try prior.revised(for: .denial, by: app.ruleset.id, denial: denial), act: "deny")
  }

  /// Sets prices of lines of a suspended claim.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func price(
    _ name: String, _ prices: [ChosenPrice], besides: AlsoGiven = AlsoGiven()
  ) async throws -> ClaimAdjustment {
    let prior = try await suspended(name, for: .price)
    var given = besides
    given.prices = prices
    let revised = try prior.revised(
      for: .price, by: app.ruleset.id, waiving: given.waivers, prices: try self.prices(given, of: prior),
      document: given.document)
    return try await decide(prior, revised, act: "price\(given.text)", waiving: given.waivers)
  }

  private func prices(_ given: AlsoGiven, of prior: StandingClaim) throws(RevisionRefusal) -> [ChosenPrice] {
    for price in given.prices where !prior.submitted.lines.contains(where: { $0.number == price.line }) {
      throw .noSuchLine(prior.row.id, price.line)
    }
    return given.prices
  }

  /// Tells what another payer of a suspended claim has decided, or in which turn we pay.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func enter(
    _ name: String, otherPayer payer: EnteredPayer?, turn: PayerSequence?, besides: AlsoGiven = AlsoGiven()
  ) async throws -> ClaimAdjustment {
    let prior = try await suspended(name, for: .otherPayer)
    let charge = prior.submitted.charge
    if let result = payer?.result, try result.paid + result.patientOwes > charge {
      throw RevisionRefusal.aboveCharge(prior.row.id, charge)
    }
    if let payer {
      if payer.id == prior.submitted.payer.id {
        throw RevisionRefusal.undecidable(prior.row.id, "\(payer.id) is the payer of this claim, and no other")
      }
      let told = prior.submitted.otherPayers?.first { $0.id == payer.id }?.paid ?? .zero
      if payer.result == nil, told != .zero {
        throw RevisionRefusal.undecidable(
          prior.row.id, "the claim says that \(payer.id) has paid: give --paid and --left")
      }
    }
    let revised = try prior.revised(
      for: .otherPayer, by: app.ruleset.id, waiving: besides.waivers, prices: try prices(besides, of: prior),
      otherPayers: [payer].compactMap(\.self), turn: turn, document: besides.document)
    var act = "other payer:"
    if let payer {
      act += " \(payer.id) in turn \(payer.sequence.rawValue)"
      act += payer.result.map { " paid \($0.paid) and left \($0.patientOwes)" } ?? " has not decided"
    }
    if let turn { act += " we pay in turn \(turn.rawValue)" }
    return try await decide(prior, revised, act: act + besides.text, waiving: besides.waivers)
  }

  /// Accepts a document that a suspended claim waits for.
  ///
  /// - Throws: `RevisionRefusal`, `StoreFailure`.
  package func accept(
    _ name: String, document: String, besides: AlsoGiven = AlsoGiven()
  ) async throws -> ClaimAdjustment {
    let prior = try await suspended(name, for: .document)
    let revised = try prior.revised(
      for: .document, by: app.ruleset.id, waiving: besides.waivers, prices: try prices(besides, of: prior),
      document: document)
    return try await decide(prior, revised, act: "accept: \(document)\(besides.text)", waiving: besides.waivers)
  }

  private func decide(
    _ prior: StandingClaim, _ revised: SubmittedClaim, act: String, waiving waived: [Waiver] = []
  ) async throws -> ClaimAdjustment {
    _ = try await preview(revised, of: prior)
    return try await decide(revised, inPlaceOf: prior, act: act, waiving: waived)
  }

  /// A claim that waits for what is given.
  private func suspended(_ name: String, for remedy: SuspenseReason.Remedy) async throws -> StandingClaim {
    let prior = try await suspended(name)
    guard case .suspended(let suspense) = prior.response.verdict else { return prior }
    guard suspense.reason.remedy == remedy else { throw RevisionRefusal.otherRemedy(prior.row.id, suspense.reason) }
    return prior
  }

  /// What a claim would be decided as.
  ///
  /// - Throws: `RevisionRefusal.undecidable` where it would wait for a person.
  private func preview(
    _ revised: SubmittedClaim, of prior: StandingClaim
  ) async throws -> AdjudicationResponse.Verdict {
    try await checkPrices(of: revised, following: prior)
    let verdict = try await verdict(on: revised, following: prior)
    if case .suspended(let suspense) = verdict {
      throw RevisionRefusal.undecidable(prior.row.id, suspense.text + suspense.reason.besides)
    }
    return verdict
  }

  /// A person sets prices of those lines alone that the rules have none for.
  ///
  /// - Throws: `RevisionRefusal.noPriceWanted`.
  private func checkPrices(of revised: SubmittedClaim, following prior: StandingClaim) async throws {
    let before = prior.submitted.revision?.prices ?? []
    var left = (revised.revision?.prices ?? []).filter { !before.contains($0) }
    var asked = revised
    asked.revision?.prices = before.filter { old in !left.contains { $0.line == old.line } }
    while let first = left.first {
      var wanted: [ChosenPrice] = []
      if case .suspended(let suspense) = try await verdict(on: asked, following: prior) {
        // What else it waits for is told by whoever asks for the verdict.
        guard suspense.reason.remedy == .price else { return }
        wanted = left.filter { suspense.lines.contains($0.line) }
      }
      guard !wanted.isEmpty else { throw RevisionRefusal.noPriceWanted(prior.row.id, first.line) }
      asked.revision?.prices? += wanted
      left.removeAll(where: wanted.contains)
    }
  }

  private func verdict(
    on revised: SubmittedClaim, following prior: StandingClaim
  ) async throws -> AdjudicationResponse.Verdict {
    switch try await app.processor.receiving(on: prior.row.receivedOn).preview([revised].placed).first?.value {
    case .verdict(let response): return response.verdict
    case .undecided(let why): throw RevisionRefusal.undecidable(prior.row.id, why)
    case nil: throw RevisionRefusal.underWay(prior.row.id)
    }
  }

  private func suspended(_ name: String) async throws -> StandingClaim {
    let prior = try await app.store.read { try StandingClaim(named: name, in: $0) }
    guard prior.row.status == .suspended else { throw RevisionRefusal.notSuspended(prior.row.id) }
    return prior
  }

  private func decide(
    _ revised: SubmittedClaim, inPlaceOf prior: StandingClaim, act: String, waiving waived: [Waiver]
  ) async throws -> ClaimAdjustment {
    let interest = try await app.store.transaction { [signOff] transaction in
      // Of two people who act on one claim at the same time, the second finds that it has changed.
      try transaction.update([prior.row.advanced { _ in }])
      try transaction.write(act: act, of: prior.row.keys.intake, by: signOff, waiving: Set(waived).sorted().map(\.rawValue))
      return try transaction.payments(of: [prior.row.id]).first(where: \.state.isStanding)?.interest
    }
    let ended = try await app.processor.receiving(on: prior.row.receivedOn).process([revised].placed)
    guard let ended = ended.first?.value else { throw StoreFailure.corrupt("a claim has no end") }
    return ClaimAdjustment(
      prior: prior, priorInterest: interest ?? .zero,
      result: ClaimResult(source: "\(prior.row.id)", kind: .claim(revised, at: "adjustment", ended)))
  }
}

/// What became of a claim that was to be decided once more.
package struct ClaimAdjustment: Sendable {
  package let prior: StandingClaim
  /// What was paid of it besides for paying late.
  package let priorInterest: Money
  /// Nil where nothing was different.
  package let result: ClaimResult?

  /// What is paid of the new claim besides for paying late.
  package var interest: Money {
    guard case .claim(_, _, .audited(let claim))? = result?.kind, case .closed(let payment, _) = claim.closed.payment
    else { return .zero }
    return payment.interest ?? .zero
  }

  /// What to do about a claim that is not at its end; nil for one that is.
  package var followUp: FollowUp? {
    guard case .claim(_, _, .unsettled(let unsettled))? = result?.kind else { return nil }
    return unsettled.isPaymentUnknown ? .later : unsettled.reason.followUp
  }
}

extension AdjudicationResponse.Verdict {
  /// The same money by the same codes: to decide so once more would move nothing.
  func comesToTheSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.suspended(let reason), .suspended(let other)): reason == other
    case (.decided(let decision), .decided(let other)): decision.outcome == other.outcome
    case (.suspended, .decided), (.decided, .suspended): false
    }
  }
}

extension Decision {
  /// Without how it came about.
  fileprivate var outcome: [[String]] {
    lines.map { line in
      ["\(line.number)", line.allowed.description, line.paid.description]
        + line.adjustments.map { "\($0.code) \($0.remark ?? "") \($0.amount)" }
    }
  }
}

extension SuspenseReason {
  /// How it is given together with another.
  fileprivate var besides: String {
    switch remedy {
    case .release: ": give `--also \(code)` too where it may go on"
    case .price: ": give `--price LINE=AMOUNT` too"
    case .document where self == .benefitsNotAssigned: ": give `--document` too"
    case .otherPayer: ": use `claims suspense other-payer`, with `--also`, `--document` or `--price` for the rest"
    case .document, .rules, .sendAgain: ""
    }
  }
}
