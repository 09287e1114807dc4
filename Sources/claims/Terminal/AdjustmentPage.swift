import ClaimStore
import ClaimFormats
import ClaimPipeline
import ClaimsApp
import ClaimsDomain

/// What a claim was and what it is now, for whoever had it decided once more.
struct AdjustmentPage {
  private let adjustment: ClaimAdjustment

  init(_ adjustment: ClaimAdjustment) {
    self.adjustment = adjustment
  }

  /// - Throws: `MoneyError` when a sum leaves 64 bits.
  func text() throws -> String {
    let row = adjustment.prior.row
    let number = row.claimNumber.text.displayed
    let was = "\(number)  \(row.id)  was \(standing(row.status.rawValue, row.amounts))"
    guard let result = adjustment.result, let report = try ClaimReport(result) else {
      return was + "\n" + indent(number) + "comes to the same; nothing was done"
    }
    guard let id = report.claimIntakeID else { return was + "\n" + indent(number) + (report.reason?.text ?? "refused") }
    var lines = [was, indent(number) + "\(id)  now \(standing(report.status.rawValue, report.amounts))"]
    if let reason = report.reason { lines.append(indent(number) + reason.text) }
    if let settled = try settlement(report) { lines.append(indent(number) + settled) }
    return lines.joined(separator: "\n")
  }

  private func standing(_ status: String, _ amounts: DecidedAmounts?) -> String {
    guard let amounts else { return status }
    return
      "\(status): allowed \(amounts.allowed), member \(amounts.memberResponsibility), plan \(amounts.planPaid)"
  }

  private func settlement(_ report: ClaimReport) throws -> String? {
    guard let amounts = report.amounts else { return nil }
    // A claim that waited was not paid itself; what is withheld was paid for the claim that this one replaces.
    if adjustment.prior.row.amounts == nil, let withheld = adjustment.payment?.withheld, withheld > .zero,
      let paid = adjustment.payment?.amount
    {
      return "\(try paid + withheld) is due to the provider, of which \(withheld) is withheld for what was paid before"
    }
    let interest = try adjustment.interest - adjustment.priorInterest
    let net = try amounts.planPaid - (adjustment.prior.row.amounts?.planPaid ?? .zero) + interest
    if net == .zero { return "no money moves" }
    let words =
      net > .zero
      ? "\(net) more is due to the provider"
      : "\(try net.negated) too much was paid: later payments to the provider make up for it"
    return interest == .zero ? words : words + " (interest: \(interest))"
  }

  private func indent(_ number: String) -> String { String(repeating: " ", count: number.count + 2) }
}

extension ClaimReport {
  fileprivate var amounts: DecidedAmounts? {
    guard let totalAllowed, let memberResponsibility, let planPaid else { return nil }
    return DecidedAmounts(allowed: totalAllowed, memberResponsibility: memberResponsibility, planPaid: planPaid)
  }
}
