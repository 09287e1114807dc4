import BankProtocol
import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// A claim's file for an examiner: each line with its adjustments, their rules, and the inputs of each rule.
struct ClaimPage {
  private let file: ClaimFile

  init(_ file: ClaimFile) {
    self.file = file
  }

  var text: String {
    var page = heading
    if case .suspended(let suspense)? = file.response?.verdict {
      page += ["", "  suspended: \(suspense.text)"] + suspense.otherClaims.map { "    compare claim \($0)" }
      page += suspense.resemblances.map { "    resembles \($0.claimID): \($0.text)" }
    }
    if case .decided(let decision)? = file.response?.verdict { page += decision.lines.flatMap(lines) }
    if !file.payments.isEmpty { page += ["", "  PAYMENTS"] + file.payments.map(line) }
    if !file.postings.isEmpty { page += ["", "  LEDGER"] + file.postings.map(line) }
    if !file.told.isEmpty {
      page += ["", "  REMITTANCES"]
      page += file.told.map { "    \($0.part.rawValue)  \($0.remittance?.text ?? "due in the check run under way")" }
    }
    if !file.acts.isEmpty { page += ["", "  BY HAND"] + file.acts.map(line) }
    page += ["", "  KEYS"] + file.records.map { "    \(KeyLine($0).text)" }
    return page.joined(separator: "\n")
  }

  private var heading: [String] {
    let row = file.row
    var rows = [
      "claim \(row.claimNumber)  \(row.id)  \(row.status.rawValue)",
      "  payer \(row.payerID), received \(row.receivedOn), rules \(row.ruleset)"
        + (file.response?.planID.map { ", plan \($0)" } ?? ""),
    ]
    if let amounts = row.amounts {
      rows.append(
        "  charge \(row.charge)  allowed \(amounts.allowed)  member \(amounts.memberResponsibility)  "
          + "plan \(amounts.planPaid)")
    } else {
      rows.append("  charge \(row.charge)")
    }
    if let prior = row.revises {
      rows.append(row.replaced == nil ? "  asks to replace \(prior)" : "  takes the place of \(prior)")
    }
    if let next = file.replacedBy { rows.append("  \(next) has taken its place: nothing here counts any more") }
    return rows
  }

  private func lines(_ line: LineDecision) -> [String] {
    let head =
      "  LINE \(line.number)  \(line.code)  charge \(line.charge)  allowed \(line.allowed)  paid \(line.paid)"
      + (line.isDenied ? "  DENIED" : "")
    let reasons = line.adjustments.map { adjustment in
      let remark = adjustment.remark.map { " \($0)" } ?? ""
      let inputs = adjustment.explanation.inputs.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      return "    \(adjustment.code)\(remark)".padded(to: 18) + "\(adjustment.amount)".padded(toRight: 12)
        + "  \(adjustment.explanation.rule.rawValue)" + (inputs.isEmpty ? "" : ": \(inputs)")
    }
    return ["", head] + reasons
  }

  private func line(_ payment: PaymentRow) -> String {
    "    \(payment.id)  \(payment.state.rawValue)  \(payment.amount)  to \(payment.payee.reference)  eob \(payment.eobID)"
      + (payment.transferID.map { "  transfer \($0)" } ?? "")
      + interest(of: payment)
      + (payment.withheld == .zero ? "" : "  and \(payment.withheld) withheld")
  }

  private func interest(of payment: PaymentRow) -> String {
    guard let late = payment.late, payment.interest != .zero else { return "" }
    let days = late.last.days(since: late.first) + 1
    return "  with \(payment.interest) interest for \(days) days, \(late.first) to \(late.last)"
  }

  private func line(_ act: OperatorAct) -> String {
    "    \(act.act) by \(act.person.displayed)"
      + (act.waived.isEmpty ? "" : ", setting aside \(act.waived.joined(separator: ", "))")
      + ": \(act.reason.displayed)"
  }

  private func line(_ posting: LedgerPosting) -> String {
    "    debit \(posting.debit.rawValue.padded(to: 18)) credit \(posting.credit.rawValue.padded(to: 22))"
      + "\(posting.amount)".padded(toRight: 12)
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 1)) }

  func padded(toRight width: Int) -> String { String(repeating: " ", count: max(width - count, 1)) + self }
}

/// Describes warnings about claims that were taken in despite them: one line per claim, and only a count once a file
/// has reached its limit of lines.
struct ClaimWarnings {
  private static let linesAFile = 10

  /// The number of claims with a warning, by file.
  private var counts: [String: Int] = [:]

  /// Returns the line for a result; nil when the result has no warning or its file has reached the limit.
  mutating func line(for result: ClaimResult) -> String? {
    guard !result.warnings.isEmpty, case .claim(let claim, let place, _) = result.kind else { return nil }
    counts[result.source, default: 0] += 1
    guard counts[result.source, default: 0] <= Self.linesAFile else { return nil }
    let isX12 = place.hasPrefix(SourceLocation.Unit.segment.rawValue)
    let found = result.warnings.map { $0.text(inX12: isX12) }.joined(separator: "; ")
    return "\(result.source): \(place): warning: claim \(claim.claimNumber.text.displayed): \(found)"
  }

  /// The counts of the omitted warnings, one line per file.
  var rest: [String] {
    counts.filter { $0.value > Self.linesAFile }.sorted { $0.key < $1.key }.map { source, count in
      "\(source.displayed): warning: \((count - Self.linesAFile).counted("more claim")) with such faults, taken in all the same"
    }
  }
}
