import BankProtocol
package import ClaimFormats
package import ClaimOperations
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution
import Foundation

/// Letters to members about decided claims, with each member's current progress toward the year's limits.
package struct EOBLetters: Sendable {
  private let store: ClaimStore
  private let terms: LetterTerms

  package init(_ store: ClaimStore, terms: LetterTerms) {
    self.store = store
    self.terms = terms
  }

  /// Returns the letters for decided claims; other results have none.
  ///
  /// - Throws: `StoreFailure`, `MoneyError`.
  package func letters(_ results: [ClaimResult]) async throws -> [(id: EOBID, letter: EOBLetter)] {
    let explained = results.compactMap(Explained.init)
    return try await store.read { try self.letters(explained, in: $0) }
  }

  /// Returns the letters for the claims that a name refers to: the claim with our number, or the claims with the
  /// provider's that no other has replaced.
  ///
  /// - Throws: `SetupError.badInput` when none of them has been decided; `StoreFailure`, `MoneyError`.
  package func letters(named name: String) async throws -> [(id: EOBID, letter: EOBLetter)] {
    try await store.read { transaction in
      let rows = try transaction.claims(named: name)
      guard !rows.isEmpty else {
        throw SetupError.badInput(
          "there is no claim \(name.prefix(80)); upper and lower case differ, and a rejected claim has no letter")
      }
      let standing = rows.filter { $0.status != .replaced || $0.id.text == name }
      let explained = try standing.compactMap { try Explained($0, in: transaction) }
      guard !explained.isEmpty else {
        throw SetupError.badInput("no letter is due for claim \(name.prefix(80)): it is not decided, or not closed")
      }
      return try self.letters(explained, in: transaction)
    }
  }

  private func letters(
    _ explained: [Explained], in transaction: ClaimTransaction
  ) throws -> [(id: EOBID, letter: EOBLetter)] {
    let directory = try transaction.coverages(of: explained.map(\.claim.memberID))
    let decisions = try transaction.records(for: explained.compactMap(\.row.keys.adjudication))
    return try explained.map { item in
      let spans = directory[item.claim.memberID] ?? []
      let year = try BenefitYear(of: item.claim, spans: spans, ruleset: terms.ruleset, in: transaction)
      guard let day = item.row.keys.adjudication.flatMap({ decisions[$0]?.closedAt?.day }) else {
        throw StoreFailure.corrupt("claim \(item.row.id) has a decision that no key records")
      }
      return (item.payment.eobID, try EOBLetter(item.explanation(issued: day, year: year, among: spans, terms: terms)))
    }
  }
}

/// A claim that a letter explains.
private struct Explained: Sendable {
  let claim: SubmittedClaim
  let row: ClaimRow
  let planID: PlanID?
  let decision: Decision
  let payment: PaymentResponse

  init?(_ result: ClaimResult) {
    guard case .claim(let claim, _, .audited(let audited)) = result.kind,
      case .decided(let decision) = audited.closed.claim.response.verdict,
      case .closed(let payment, _) = audited.closed.payment
    else { return nil }
    self.claim = claim
    row = audited.row
    planID = audited.closed.claim.response.planID
    self.decision = decision
    self.payment = payment
  }

  /// Returns nil for a claim that is not decided, or whose payment is not closed.
  ///
  /// - Throws: `StoreFailure`.
  init?(_ row: ClaimRow, in transaction: ClaimTransaction) throws {
    let keys = [row.keys.adjudication, row.keys.payment].compactMap(\.self)
    let records = try transaction.records(for: keys)
    guard let body = try transaction.bodies(of: [row.id])[row.id],
      let decided = row.keys.adjudication.flatMap({ records[$0]?.response }),
      let closed = row.keys.payment.flatMap({ records[$0] }), closed.status == .completed, let paid = closed.response,
      case let response = try StoredDocument.read(
        AdjudicationResponse.self, from: decided.bytes, "the decision of claim \(row.id)"),
      case .decided(let decision) = response.verdict
    else { return nil }
    claim = try SubmittedClaim(body: body, of: row.id)
    self.row = row
    planID = response.planID
    self.decision = decision
    payment = try StoredDocument.read(PaymentResponse.self, from: paid.bytes, "the payment of claim \(row.id)")
  }

  /// - Parameter spans: the member's coverage.
  func explanation(
    issued: CalendarDate, year: BenefitYear?, among spans: [Coverage], terms: LetterTerms
  ) -> ExplanationOfBenefits {
    let coverage = claim.dateOfService.flatMap { day in spans.first { $0.effective.contains(day) } }
    let sender = terms.sender(of: claim, under: planID)
    return ExplanationOfBenefits(
      id: payment.eobID, issued: issued, sender: sender, planName: planID.flatMap { terms.ruleset.plans[$0]?.name },
      groupNumber: coverage?.planID == planID ? coverage?.groupNumber : nil,
      appealDays: planID.flatMap { sender.appealDays[$0] }, claimIntakeID: row.id, claim: claim, decision: decision,
      // The letter shows what the plan paid for the care. Interest, and amounts withheld from the provider, do not
      // concern the member.
      payment: .init(amount: decision.paid, reference: payment.receipt?.transferID), yearToDate: year,
      services: terms.services)
  }
}

/// A folder of letters to members, one per claim, each as a printable page and as text.
package struct EOBFolder: Sendable {
  private let folder: URL
  private let letters: EOBLetters
  private let page: EOBPage
  private let text = EOBText()

  /// - Throws: an error that describes what is wrong with the letters' template.
  package init(_ folder: OutputFolder, _ letters: EOBLetters) throws {
    self.folder = folder.url
    self.letters = letters
    page = try EOBPage()
  }

  /// Writes the letters for decided claims; other results have none.
  ///
  /// - Throws: `SetupError.unavailable` when a letter cannot be written; `StoreFailure`, `MoneyError`.
  package func write(_ results: [ClaimResult]) async throws {
    for (id, letter) in try await letters.letters(results) {
      try write(page.html(letter), to: "\(id).html")
      try write(text.text(letter), to: "\(id).txt")
    }
  }

  private func write(_ content: String, to name: String) throws(SetupError) {
    do {
      try Data(content.utf8).write(to: folder.appending(path: name), options: .atomic)
    } catch {
      throw .unavailable("--eob \(folder.path)/\(name): cannot be written; check the disk and your rights")
    }
  }
}

extension BenefitYear {
  /// Creates a member's progress in the year of a claim from the current accumulators; returns nil when no plan covered
  /// the member.
  ///
  /// - Throws: `StoreFailure`.
  init?(of claim: SubmittedClaim, spans: [Coverage], ruleset: Ruleset, in transaction: some AccumulatorLedger) throws {
    guard let day = claim.dateOfService else { return nil }
    try self.init(on: day, spans: spans, ruleset: ruleset, in: transaction)
  }

  /// Creates a member's progress in the plan year of a day; returns nil when no plan covered the member on that day.
  ///
  /// - Throws: `StoreFailure`.
  package init?(
    on day: CalendarDate, spans: [Coverage], ruleset: Ruleset, in transaction: some AccumulatorLedger
  ) throws {
    guard case .active(let coverage) = CoverageStanding(on: day, among: spans),
      let plan = ruleset.plans[coverage.planID]
    else { return nil }
    let year = plan.planYear(of: day)
    let balances = try transaction.accumulators(AccumulatorScope.costSharing(of: coverage, planYear: year))
    func progress(_ holder: AccumulatorScope.Holder, _ bucket: AccumulatorScope.Bucket, of limit: Money) -> Progress {
      let scope = AccumulatorScope(holder: holder, planID: coverage.planID, planYear: year, bucket: bucket)
      return Progress(used: balances[scope] ?? .zero, limit: limit)
    }
    func both(_ bucket: AccumulatorScope.Bucket, _ limit: FamilyLimit) -> Bucket {
      Bucket(
        member: progress(.member(coverage.memberID), bucket, of: limit.individual),
        family: coverage.coversFamily ? progress(.family(coverage.familyID), bucket, of: limit.family) : nil)
    }
    self.init(
      year: year, deductible: both(.deductible, plan.deductible),
      outOfPocket: both(.outOfPocket, plan.outOfPocketMaximum))
  }
}
