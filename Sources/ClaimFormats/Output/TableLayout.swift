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
