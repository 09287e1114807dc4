/// What a person makes of a text by mistyping it once.
enum Slip {
  /// Whether one character is replaced, or two neighbors are exchanged, in a text of at least two characters.
  static func isSlip(_ text: String, _ other: String) -> Bool {
    let (one, two) = (Array(text.utf8), Array(other.utf8))
    guard one.count == two.count, one.count > 1 else { return false }
    let apart = one.indices.filter { one[$0] != two[$0] }
    return apart.count == 1 || isExchange(one, two, at: apart)
  }

  /// Whether one amount is the other with its decimal point one or two places away.
  static func isDecimalSlip(_ cents: Int64, _ other: Int64) -> Bool {
    let (low, high) = (min(cents, other), max(cents, other))
    return low > 0 && (high.isMultiple(of: low)) && [10, 100].contains(high / low)
  }

  /// Whether two claim numbers are one number but for case, punctuation, leading zeros, or two neighbors that are
  /// exchanged. A replaced character says nothing, since numbers that follow one another differ in one.
  static func isCopy(_ number: String, _ other: String) -> Bool {
    let (one, two) = (bare(number), bare(other))
    guard one.count == two.count, one.count > 1 else { return false }
    let apart = one.indices.filter { one[$0] != two[$0] }
    return apart.isEmpty || isExchange(one, two, at: apart)
  }

  private static func isExchange(_ one: [UInt8], _ two: [UInt8], at apart: [Int]) -> Bool {
    apart.count == 2 && apart[1] == apart[0] + 1 && one[apart[0]] == two[apart[1]] && one[apart[1]] == two[apart[0]]
  }

  /// The letters, as capitals, and the digits, without leading zeros.
  private static func bare(_ number: String) -> [UInt8] {
    let kept = number.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): byte
      case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
      default: nil
      }
    }
    return Array(kept.drop { $0 == UInt8(ascii: "0") })
  }
}

/// The sides and sites of the body that HCPCS modifiers name. Sites of different groups are not compared: an eyelid is on
/// a side too.
enum ServiceSite {
  private static let groups: [Set<String>] = [
    ["LT", "RT"], ["E1", "E2", "E3", "E4"], ["LC", "LD", "LM", "RC", "RI"],
    ["FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"],
    ["TA", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"],
  ]

  /// Whether both name sites of one group, and none in common.
  static func differ(_ modifiers: Set<String>, _ others: Set<String>) -> Bool {
    groups.contains { group in
      let (one, two) = (modifiers.intersection(group), others.intersection(group))
      return !one.isEmpty && !two.isEmpty && one.isDisjoint(with: two)
    }
  }
}
