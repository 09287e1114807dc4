import ClaimsDomain

extension Money {
  /// For people: `$1,234.50`, `-$0.05`.
  package var dollars: String { (isNegative ? "-$" : "$") + unsignedDigits }

  /// For columns of amounts: `1,234.50`, `-0.05`.
  package var grouped: String { (isNegative ? "-" : "") + unsignedDigits }

  private var unsignedDigits: String {
    let fraction = cents.magnitude % 100
    let whole = String(cents.magnitude / 100)
    var grouped = ""
    for (position, digit) in whole.enumerated() {
      if position > 0, (whole.count - position).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    return "\(grouped).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
