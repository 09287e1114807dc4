import ClaimsDomain

/// Claims for people, one a line. Widths are fixed by the terminal's before the first claim is there, so rows can be
/// printed as claims come out.
package struct ClaimTable: Sendable {
  private let layout: TableLayout
  private let paint: Paint

  /// - Parameters:
  ///   - width: columns of the terminal.
  ///   - colour: whether it takes ANSI sequences.
  package init(width: Int, colour: Bool) {
    layout = TableLayout(width: width)
    paint = Paint(isOn: colour)
  }

  /// The titles, and a rule below them.
  package var header: String {
    let titles = row(claim: "CLAIM", status: "STATUS", mark: " ", amounts: \.title, why: "WHY") { $0 }
    return "\(paint.bold(titles))\n\(paint.dim(String(repeating: "-", count: layout.width)))\n"
  }

  package func row(_ report: ClaimReport) -> String {
    func amount(_ column: TableLayout.Amount) -> String {
      let amount =
        switch column {
        case .charge: report.charge
        case .allowed: report.totalAllowed
        case .member: report.memberResponsibility
        case .paid: report.planPaid
        }
      return amount?.grouped ?? "-"
    }
    let row = row(
      claim: report.claimNumber?.text ?? "(no number)", status: report.status.rawValue,
      mark: report.isReplay ? "=" : " ", amounts: amount, why: why(report)
    ) { paint.status(report.status, $0) }
    return row + "\n"
  }

  /// Counts and totals, a few lines.
  package func summary(_ summary: ProcessSummary) -> String {
    var lines = [paint.bold("\(summary.claims) \(summary.claims == 1 ? "claim" : "claims") in \(seconds(summary)) s")]
    for status in ClaimReport.Status.allCases where status.isUsual || summary.count(status) > 0 {
      let count = "  \(status.rawValue.leftAligned(TableLayout.status))\(String(summary.count(status)).rightAligned(9))"
      lines.append(status == .paid ? "\(count)  \(summary.amountPaid.dollars)" : count)
    }
    if summary.replayed > 0 {
      let count = "= replayed".leftAligned(TableLayout.status + 2) + String(summary.replayed).rightAligned(9)
      lines.append("\(count)  \(summary.amountReplayed.dollars) of it paid before, not again")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Everything is measured before it is painted, since colours take no columns.
  private func row(
    claim: String, status: String, mark: String, amounts: (TableLayout.Amount) -> String, why: String,
    painted: (String) -> String
  ) -> String {
    let name = claim.displayed.shortened(to: layout.claim).leftAligned(layout.claim)
    let cells = layout.amounts.map { " " + amounts($0).rightAligned(layout.amount) }.joined()
    // An amount wider than its column is never cut; it takes the room from the reasons.
    let room = layout.width - layout.claim - 1 - TableLayout.status - 2 - cells.columns - 2
    let reasons = why.displayed.shortened(to: max(0, room))
    let row = "\(name) \(painted(status.leftAligned(TableLayout.status))) \(mark)\(cells)"
    return reasons.isEmpty ? row : "\(row)  \(reasons)"
  }

  /// Why it was not decided, else the codes of what was taken off.
  private func why(_ report: ClaimReport) -> String {
    if let reason = report.reason {
      return reason.location.map { "\(reason.text) (\($0))" } ?? reason.text
    }
    return report.adjustments.map { "\($0.group.rawValue)-\($0.code)" }.joined(separator: " ")
  }

  private func seconds(_ summary: ProcessSummary) -> String {
    var json = OrderedJSON()
    json.seconds(milliseconds: summary.milliseconds)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension ClaimReport.Status {
  /// Whether the summary has a line for it even when there is no such claim.
  fileprivate var isUsual: Bool {
    switch self {
    case .paid, .denied, .suspended, .rejected: true
    case .replaced, .unknown: false
    }
  }
}
