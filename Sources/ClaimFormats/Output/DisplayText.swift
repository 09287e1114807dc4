import ClaimsDomain

extension StringProtocol {
  /// The text with every character replaced that a terminal, a browser or an XML parser would act on: control
  /// characters, marks that change the text direction, and code points that are not characters. Names and numbers come
  /// from untrusted sources.
  package var displayed: String {
    guard !isPrintableASCII else { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: text.unicodeScalars.append(" ")
      case 0xFFFE...0xFFFF: text.unicodeScalars.append("\u{FFFD}")
      case _ where scalar.actsOnTerminal: text.unicodeScalars.append("\u{FFFD}")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The displayed text of each line, with its line feeds kept.
  package var displayedLines: String {
    guard !holdsOnly({ (0x20...0x7E).contains($0) || $0 == 0x0A }) else { return String(self) }
    return unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String(String.UnicodeScalarView($0)).displayed }.joined(separator: "\n")
  }

  /// The number of terminal columns that the text takes; ideographs and emoji take two.
  package var columns: Int { isPrintableASCII ? utf8.count : reduce(0) { $0 + ($1.isWide ? 2 : 1) } }

  /// True for nearly all text, and decided from its bytes alone.
  private var isPrintableASCII: Bool { holdsOnly { (0x20...0x7E).contains($0) } }

  /// Checks the bytes directly, because it runs on every text that is printed.
  @inline(__always)
  private func holdsOnly(_ isAllowed: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      for byte in bytes where !isAllowed(byte) { return false }
      return true
    } ?? utf8.allSatisfy(isAllowed)
  }

  /// The text padded with spaces to the width; it is never cut.
  package func leftAligned(_ width: Int) -> String { self + filling(width) }

  package func rightAligned(_ width: Int) -> String { filling(width) + self }

  private func filling(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - columns)) }

  /// The text in at most `width` columns, ending in `…` if it was cut.
  package func shortened(to width: Int) -> String {
    guard columns > width else { return String(self) }
    var text = ""
    var used = 0
    for character in self {
      used += character.isWide ? 2 : 1
      guard used < width else { break }
      text.append(character)
    }
    return width > 0 ? text + "…" : ""
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is a control character, or a mark that changes the direction of the text after it and so can
  /// disguise it.
  var actsOnTerminal: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension Character {
  fileprivate var isWide: Bool {
    guard let scalar = unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}

extension Money {
  /// The amount as people read it: `$1,234.50`, `-$0.05`.
  package var dollars: String { (isNegative ? "-$" : "$") + unsignedDigits }

  /// The amount in a column of amounts: `1,234.50`, `-0.05`.
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
