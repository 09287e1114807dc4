package import ClaimOperations
import BankProtocol
package import ClaimFormats
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution
import Foundation

/// Letters to members about decided claims, with how far each member has come in the year by now.
package struct EOBLetters<Store: ClaimStore>: Sendable {
  private let store: Store
  private let ruleset: Ruleset

  /// - Parameter ruleset: what names the plans, and the year's limits.
  package init(_ store: Store, ruleset: Ruleset) {
    self.store = store
    self.ruleset = ruleset
  }

  /// Of decided claims; other results have none.
  ///
  /// - Throws: `StoreFailure`, `MoneyError`.
  package func letters(_ results: [ClaimResult]) async throws -> [(id: EOBID, letter: EOBLetter)] {
    let explained = results.compactMap(Explained.init)
    return try await store.read { try self.letters(explained, in: $0) }
  }

  /// Of the claims that a person may mean: by our number, or all that came under the provider's.
  ///
  /// - Throws: `SetupError.badInput` where there is none that has been decided; `StoreFailure`, `MoneyError`.
  package func letters(named name: String) async throws -> [(id: EOBID, letter: EOBLetter)] {
    try await store.read { transaction in
      let rows = try transaction.claims(named: name)
      guard !rows.isEmpty else {
        throw SetupError.badInput(
          "there is no claim \(name.prefix(80)); a rejected claim was sent back and has no letter")
      }
      let explained = try rows.compactMap { try Explained($0, in: transaction) }
      guard !explained.isEmpty else {
        throw SetupError.badInput("no letter is due for claim \(name.prefix(80)): it is not decided, or not closed")
      }
      return try self.letters(explained, in: transaction)
    }
  }

  private func letters(
    _ explained: [Explained], in transaction: Store.Transaction
  ) throws -> [(id: EOBID, letter: EOBLetter)] {
    let directory = try transaction.coverages(of: explained.map(\.claim.memberID))
    return try explained.map { item in
      let year = try BenefitYear(
        of: item.claim, spans: directory[item.claim.memberID] ?? [], ruleset: ruleset, in: transaction)
      return (item.payment.eobID, try EOBLetter(item.explanation(year: year, plans: ruleset.plans)))
    }
  }
}

/// A claim there is a letter to write about.
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

  /// Nil for a claim that is not decided, or whose payment is not closed.
  ///
  /// - Throws: `StoreFailure`.
  init?(_ row: ClaimRow, in transaction: some ClaimTransaction) throws {
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

  func explanation(year: BenefitYear?, plans: [PlanID: BenefitPlan]) -> ExplanationOfBenefits {
    ExplanationOfBenefits(
      id: payment.eobID, issued: row.receivedOn, payerName: claim.payer.name,
      planName: planID.flatMap { plans[$0]?.name }, claimIntakeID: row.id, claim: claim, decision: decision,
      // What the plan paid for the care: what the provider owed it, or was owed for waiting, is not the member's affair.
      payment: .init(amount: decision.paid, reference: payment.receipt?.transferID), yearToDate: year)
  }
}

/// A folder of letters to members, one claim a letter, as a page to print and as text.
package struct EOBFolder<Store: ClaimStore>: Sendable {
  private let folder: URL
  private let letters: EOBLetters<Store>
  private let page: EOBPage
  private let text = EOBText()

  /// - Throws: what the letters' form is wrong in.
  package init(_ folder: OutputFolder, _ letters: EOBLetters<Store>) throws {
    self.folder = folder.url
    self.letters = letters
    page = try EOBPage()
  }

  /// Writes the letters of decided claims; other results have none.
  ///
  /// - Throws: `SetupError.unavailable` when one cannot be written; `StoreFailure`, `MoneyError`.
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
  /// How far a member has come in the year of a claim, as the accumulators say now; nil where no plan covered them.
  ///
  /// - Throws: `StoreFailure`.
  init?(of claim: SubmittedClaim, spans: [Coverage], ruleset: Ruleset, in transaction: some AccumulatorLedger) throws {
    guard let day = claim.dateOfService, case .active(let coverage) = CoverageStanding(on: day, among: spans),
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
