import ClaimFormats
import ClaimPipeline
import DurableExecution
import Foundation
import Verification

/// The findings of a verification, for people.
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
      "checked \(totals.claims.counted("claim")), \(totals.keys.counted("key")), \(totals.events.counted("event")), "
        + totals.payments.counted("payment record")
        + (hasBank
          ? ", \(totals.transfers.counted("transfer")) at the bank"
          : "; the bank's books are not at hand: --bank-db or --gateway names them"),
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

/// A key record for the person who asked for it, on their own terminal. It shows the key as `replay` takes it.
struct KeyLine {
  private let record: KeyRecord

  init(_ record: KeyRecord) {
    self.record = record
  }

  var text: String {
    "\(record.status.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0))  epoch \(record.epoch)  "
      + "\(record.createdAt.iso8601)  \(record.isArchived ? "archived  " : "")\(record.key)"
  }

  var details: String {
    var rows = [
      ("key", record.key.text), ("status", record.status.rawValue + (record.isArchived ? " (archived)" : "")),
      ("agent", record.agent.description), ("epoch", "\(record.epoch), attempts \(record.attempts)"),
      ("fingerprint", record.fingerprint.hex), ("tracking id", record.trackingID.text),
      ("root", record.root.text), ("parent", record.parent ?? "-"), ("lamport", "\(record.lamport.count)"),
      ("created", record.createdAt.iso8601),
      ("expires", "\(record.expiresAt.iso8601) (\(record.retention.rawValue))"),
    ]
    switch record.state {
    case .pending(let lease):
      rows.append(("lease", "\(lease.owner) until \(lease.expiresAt.iso8601)"))
    case .completed(let response, let at), .failed(let response, let at):
      rows.append(("completed", at.iso8601))
      rows.append(("response", "\(response.status) \(response.contentType), \(response.bytes.count) bytes"))
      rows.append(("sha-256", response.digest))
    }
    return rows.map { "\($0.0.padding(toLength: 12, withPad: " ", startingAt: 0)) \($0.1)" }.joined(separator: "\n")
  }
}
