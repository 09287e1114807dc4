import ClaimFormats
import ClaimsApp
import ClaimsDomain

/// What other rules would change, for whoever has to answer for them.
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

  /// - Throws: `MoneyError` when a difference leaves 64 bits.
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
