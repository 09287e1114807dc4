import ClaimsDomain

/// Claims for people, one a line. Widths are fixed by the terminal's before the first claim is there, so rows can be
/// printed as claims come out.
package struct ClaimTable: Sendable {
  private let layout: TableLayout
  private let paint: Paint

  /// - Parameters:
  ///   - width: columns of the terminal.
  ///   - color: whether it takes ANSI sequences.
  package init(width: Int, color: Bool) {
    layout = TableLayout(width: width)
    paint = Paint(isOn: color)
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

  /// Everything is measured before it is painted, since colors take no columns.
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

/// The table's column widths for a terminal's width. When it is narrow, columns go rather than figures: first what is
/// allowed, then the charge, since both can be had from `--output json`.
struct TableLayout {
  let width: Int
  let claim: Int
  let amount: Int
  let amounts: [Amount]

  /// `suspended`, the longest.
  static let status = 9

  enum Amount: CaseIterable {
    case charge, allowed, member, paid

    var title: String {
      switch self {
      case .charge: "CHARGE"
      case .allowed: "ALLOWED"
      case .member: "MEMBER"
      case .paid: "PAID"
      }
    }
  }

  init(width: Int) {
    // Below this even a number and a status do not fit; the terminal may then break the lines.
    let width = max(width, 48)
    amounts =
      switch width {
      case ..<60: [.member, .paid]
      case ..<74: [.charge, .member, .paid]
      default: Amount.allCases
      }
    // 99,999,999.99 is the most a claim may carry; most are far below, so it gets its room only where there is some.
    amount = width < 104 ? 9 : 13
    claim = width < 104 ? 12 : 20
    self.width = width
  }
}

/// ANSI colors, or none. Color only repeats what the words say.
struct Paint {
  let isOn: Bool

  func status(_ status: ClaimReport.Status, _ text: String) -> String {
    switch status {
    case .paid: sequence("32", text)
    case .denied: sequence("35", text)
    case .suspended, .replaced: sequence("33", text)
    case .rejected, .unknown: sequence("31;1", text)
    }
  }

  func bold(_ text: String) -> String { sequence("1", text) }

  func dim(_ text: String) -> String { sequence("2", text) }

  private func sequence(_ code: String, _ text: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
