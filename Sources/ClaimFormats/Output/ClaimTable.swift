import ClaimsDomain

/// A table of claims for people, one claim per line. The terminal's width fixes the column widths before the first
/// claim, so rows can be printed as claims finish.
package struct ClaimTable: Sendable {
  private let layout: TableLayout
  /// Whether texts are cut to the width.
  private let isCut: Bool
  private let paint: Paint

  /// - Parameters:
  ///   - width: The number of columns of the terminal; nil for a file or a pipe, where nothing is cut.
  ///   - color: Whether the terminal accepts ANSI sequences.
  package init(width: Int?, color: Bool) {
    layout = TableLayout(width: width ?? 100)
    isCut = width != nil
    paint = Paint(isOn: color)
  }

  /// The column titles, with a rule below them.
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

  /// The counts and totals, on a few lines.
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

  /// Measures all text before it is painted, because colors take no columns.
  private func row(
    claim: String, status: String, mark: String, amounts: (TableLayout.Amount) -> String, why: String,
    painted: (String) -> String
  ) -> String {
    let name = (isCut ? claim.displayed.shortened(to: layout.claim) : claim.displayed).leftAligned(layout.claim)
    let cells = layout.amounts.map { " " + amounts($0).rightAligned(layout.amount) }.joined()
    // An amount wider than its column is never cut; it takes space from the reasons.
    let room = layout.width - layout.claim - 1 - TableLayout.status - 2 - cells.columns - 2
    let reasons = isCut ? why.displayed.shortened(to: max(0, room)) : why.displayed
    let row = "\(name) \(painted(status.leftAligned(TableLayout.status))) \(mark)\(cells)"
    return reasons.isEmpty ? row : "\(row)  \(reasons)"
  }

  /// Why the claim was not decided, or else the codes of its adjustments.
  private func why(_ report: ClaimReport) -> String {
    if let reason = report.reason {
      return reason.location.map { "\(reason.text) (\($0))" } ?? reason.text
    }
    let codes = report.adjustments.map { "\($0.group.rawValue)-\($0.code)" }.joined(separator: " ")
    return report.isReplacedSince == true ? "replaced since; \(codes)" : codes
  }

  private func seconds(_ summary: ProcessSummary) -> String {
    var json = OrderedJSON()
    json.seconds(milliseconds: summary.milliseconds)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension ClaimReport.Status {
  /// Whether the summary shows the status even when no claim has it.
  fileprivate var isUsual: Bool {
    switch self {
    case .paid, .denied, .suspended, .rejected: true
    case .replaced, .unknown: false
    }
  }
}

/// The table's column widths for a terminal's width. A narrow terminal drops whole columns rather than digits: first
/// the allowed amount, then the charge, since `--output json` has both.
struct TableLayout {
  let width: Int
  let claim: Int
  let amount: Int
  let amounts: [Amount]

  /// The width of `suspended`, the longest status.
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
    // Below this width, even a number and a status do not fit, and the terminal may wrap the lines.
    let width = max(width, 48)
    amounts =
      switch width {
      case ..<60: [.member, .paid]
      case ..<74: [.charge, .member, .paid]
      default: Amount.allCases
      }
    // A claim's largest amount is 99,999,999.99. Most are far smaller, so only a wide terminal gets columns for it.
    amount = width < 104 ? 9 : 13
    claim = width < 104 ? 12 : 20
    self.width = width
  }
}

/// Applies ANSI colors, or none. Color only repeats what the words say.
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
