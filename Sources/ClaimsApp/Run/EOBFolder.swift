import DurableExecution
import ClaimFormats
package import ClaimPipeline
import ClaimsDomain
import Foundation

/// Letters to members, one claim a letter, as a page to print and as text.
package struct EOBFolder<Store: ClaimStore>: Sendable {
  private let folder: URL
  private let app: ClaimsApp<Store>
  private let page: EOBPage
  private let text = EOBText()

  /// - Throws: what the letters' form is wrong in.
  package init(_ folder: OutputFolder, app: ClaimsApp<Store>) throws {
    self.folder = folder.url
    self.app = app
    page = try EOBPage()
  }

  /// Writes the letters of decided claims; other results have none.
  ///
  /// - Throws: `SetupError.unavailable` when one cannot be written; `StoreFailure`, `MoneyError`.
  package func write(_ results: [ClaimResult]) async throws {
    let ruleset = app.ruleset
    let explained = results.compactMap(Explained.init)
    let letters = try await app.store.read { transaction in
      let directory = try transaction.coverages(of: explained.map(\.claim.memberID))
      return try explained.map { item in
        let year = try BenefitYear(
          of: item.claim, spans: directory[item.claim.memberID] ?? [], ruleset: ruleset, in: transaction)
        return (item, year)
      }
    }
    for (item, year) in letters {
      let letter = try EOBLetter(item.explanation(year: year, plans: ruleset.plans))
      try write(page.html(letter), to: "\(item.payment.eobID).html")
      try write(text.text(letter), to: "\(item.payment.eobID).txt")
    }
  }

  /// A result there is a letter to write about.
  private struct Explained: Sendable {
    let claim: SubmittedClaim
    let audited: AuditedClaim
    let decision: Decision
    let payment: PaymentResponse

    init?(_ result: ClaimResult) {
      guard case .claim(let claim, _, .audited(let audited)) = result.kind,
        case .decided(let decision) = audited.closed.claim.response.verdict,
        case .closed(let payment, _) = audited.closed.payment
      else { return nil }
      self.claim = claim
      self.audited = audited
      self.decision = decision
      self.payment = payment
    }

    func explanation(year: BenefitYear?, plans: [PlanID: BenefitPlan]) -> ExplanationOfBenefits {
      ExplanationOfBenefits(
        id: payment.eobID, issued: audited.row.receivedOn, payerName: claim.payer.name,
        planName: audited.closed.claim.response.planID.flatMap { plans[$0]?.name }, claimIntakeID: audited.row.id,
        claim: claim, decision: decision,
        // What the plan paid for the care: what the provider owed it, or was owed for waiting, is not the member's affair.
        payment: .init(amount: decision.paid, reference: payment.receipt?.transferID), yearToDate: year)
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
