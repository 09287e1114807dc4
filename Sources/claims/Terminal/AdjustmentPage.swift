import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

/// What a claim was before it was decided again and what it is now, for the person who requested it.
struct AdjustmentPage {
  private let adjustment: ClaimAdjustment

  init(_ adjustment: ClaimAdjustment) {
    self.adjustment = adjustment
  }

  /// - Throws: `MoneyError` when a sum exceeds 64 bits.
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
    // A suspended claim was not paid itself. The withheld amount was paid for the claim that this one replaces.
    if adjustment.prior.row.status == .suspended, let withheld = adjustment.payment?.withheld, withheld > .zero,
      let paid = adjustment.payment?.amount
    {
      return "\(try paid + withheld) is due to the provider, of which \(withheld) is withheld for what was paid before"
    }
    let interest = try adjustment.interest - adjustment.priorInterest
    let net = try amounts.planPaid - (adjustment.priorPaid ?? .zero) + interest
    if net == .zero { return "no money moves" }
    let words =
      net > .zero
      ? "\(net) more goes to the provider"
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

/// The changes that other rules would make, for those responsible for the rules.
struct MoneyDifferencePage {
  private let difference: MoneyDifference

  init(_ difference: MoneyDifference) {
    self.difference = difference
  }

  static func line(_ claim: MoneyDifference.Claim) throws -> String {
    let head = "\(claim.id)  \(claim.number.text.displayed.padded(to: 14))"
    if let reason = claim.waitsFor { return head + "waits for a person: \(reason)" }
    return head + "plan pays \(claim.paid.now) instead of \(claim.paid.was)"
  }

  /// - Throws: `MoneyError` when a difference exceeds 64 bits.
  func text() throws -> String {
    let (claims, changed) = (difference.claims.counted("claim"), difference.changed.grouped)
    var page = ["\(changed) of \(claims) would come out otherwise; nothing was changed"]
    if difference.undecided > 0 { page.append("\(difference.undecided.grouped) of them would wait for a person") }
    guard difference.changed > difference.undecided else { return page.joined(separator: "\n") }
    page += try table("PAID BY PLAN", difference.byPlan) + table("PAID TO PROVIDER", difference.byProvider)
    page += try table("TAKEN BY RULE", difference.byRule)
    return page.joined(separator: "\n")
  }

  private func table(_ title: String, _ pairs: [String: MoneyDifference.Pair]) throws -> [String] {
    ["", row(title, "WAS", "NOW", "DIFFERENCE")]
      + (try pairs.sorted { $0.key < $1.key }.map { name, pair in
        row(name, "\(pair.was)", "\(pair.now)", "\(try pair.difference)")
      })
  }

  private func row(_ name: String, _ was: String, _ now: String, _ difference: String) -> String {
    name.padded(to: 32) + was.padded(toRight: 14) + now.padded(toRight: 14) + difference.padded(toRight: 14)
  }
}
