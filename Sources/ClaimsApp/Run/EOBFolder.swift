import ClaimFormats
import ClaimPipeline
package import ClaimsDomain
import Foundation

/// Letters to members, one claim a letter, as a page to print and as text.
package struct EOBFolder: Sendable {
  private let folder: URL
  private let ruleset: Ruleset
  private let page: EOBPage
  private let text = EOBText()

  /// - Throws: `SetupError.badInput` when the folder cannot be made.
  package init(path: String, ruleset: Ruleset) throws {
    folder = URL(fileURLWithPath: path)
    self.ruleset = ruleset
    page = try EOBPage()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw SetupError.badInput("--eob \(path): the folder cannot be made; name one you may write")
    }
  }

  /// Writes the letter of a decided claim; other results have none.
  ///
  /// - Throws: `SetupError.unavailable` when it cannot be written.
  package func write(_ result: ClaimResult) throws {
    guard case .claim(let claim, _, .audited(let audited)) = result.kind,
      case .decided(let decision) = audited.closed.claim.response.verdict,
      case .closed(let payment, _) = audited.closed.payment
    else { return }
    let letter = try EOBLetter(
      ExplanationOfBenefits(
        id: payment.eobID, issued: audited.row.receivedOn, payerName: claim.payer.name,
        planName: audited.closed.claim.response.planID.flatMap { ruleset.plans[$0]?.name },
        claimIntakeID: audited.row.id, claim: claim, decision: decision,
        payment: .init(amount: payment.amount, reference: payment.receipt?.transferID)))
    try write(page.html(letter), to: "\(payment.eobID).html")
    try write(text.text(letter), to: "\(payment.eobID).txt")
  }

  private func write(_ content: String, to name: String) throws(SetupError) {
    do {
      try Data(content.utf8).write(to: folder.appending(path: name), options: .atomic)
    } catch {
      throw .unavailable("--eob \(folder.path)/\(name): cannot be written; check the disk and your rights")
    }
  }
}
