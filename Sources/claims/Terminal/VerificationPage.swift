import Verification
import ClaimFormats
import ClaimPipeline

/// What a verification found, for people.
struct VerificationPage {
  private let report: VerificationReport
  private let hasBank: Bool

  init(_ report: VerificationReport, hasBank: Bool) {
    self.report = report
    self.hasBank = hasBank
  }

  var text: String {
    let totals = report.totals
    var lines = [
      "checked \(totals.claims.grouped) claims, \(totals.keys.grouped) keys, \(totals.events.grouped) events, "
        + "\(totals.payments.grouped) payment records"
        + (hasBank ? ", \(totals.transfers.grouped) transfers at the bank" : "; the bank's books are not at hand"),
      "charged \(totals.charged.dollars), allowed \(totals.allowed.dollars), paid \(totals.paid.dollars), "
        + "members owe \(totals.memberResponsibility.dollars)",
    ]
    lines += report.notes.map { "note: \($0.count.grouped) \($0.work.rawValue)" }
    lines += report.findings.map { "BROKEN \($0)" }
    if report.findingsLeftOff > 0 { lines.append("and \(report.findingsLeftOff.grouped) more") }
    let broken = report.findings.count + report.findingsLeftOff
    lines.append(
      broken == 0 ? "every invariant holds" : "\(broken.grouped) broken; keep the store as it is and find out why")
    return lines.joined(separator: "\n") + "\n"
  }
}
