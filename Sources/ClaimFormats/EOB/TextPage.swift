import Mustache

/// Plain text of a fixed width, filled from the top. No line is ever wider, whatever is written on it.
struct TextPage {
  let width: Int
  private var lines: [String] = []

  init(width: Int) {
    self.width = width
  }

  var text: String { lines.map { $0 + "\n" }.joined() }

  mutating func space() { lines.append("") }

  mutating func rule(_ mark: Character) { lines.append(String(repeating: mark, count: width)) }

  /// With an empty line above and a rule as long as the words below.
  mutating func heading(_ words: String) {
    space()
    let start = lines.count
    paragraph(words)
    lines.append(String(repeating: "-", count: lines[start...].map(\.columns).max() ?? 0))
  }

  /// One text at the left margin and one at the right; two lines when they do not fit on one.
  mutating func line(_ left: String, _ right: String) {
    let (left, right) = (left.displayed, right.displayed)
    guard left.columns + right.columns + (right.isEmpty ? 0 : 2) <= width else {
      paragraph(left)
      paragraph(right, lead: "  ")
      return
    }
    lines.append(right.isEmpty ? left : left.leftAligned(width - right.columns) + right)
  }

  mutating func field(_ label: String, _ value: String) {
    paragraph(value, lead: "  \(label)".leftAligned(22))
  }

  /// A label, an amount, and what illustrates it.
  mutating func amount(_ label: String, _ amount: String, bar: String) {
    let text = "  \(label)".leftAligned(22) + amount.rightAligned(16)
    lines.append(bar.isEmpty ? text : "\(text)  \(bar)")
  }

  /// Two labels with their amounts, side by side.
  mutating func pair(_ left: ServiceTable.Cell?, _ right: ServiceTable.Cell?) {
    func half(_ cell: ServiceTable.Cell?) -> String {
      guard let cell else { return String(repeating: " ", count: 34) }
      return cell.label.leftAligned(18) + cell.amount.rightAligned(16)
    }
    lines.append("   " + half(left) + (right.map { "      " + half($0) } ?? ""))
  }

  /// Marks in proportion; at least one for anything above zero.
  func bar(_ part: Int64, of whole: Int64, width: Int) -> String {
    guard part > 0, part <= whole else { return "" }
    let (marks, _) = whole.dividingFullWidth(part.multipliedFullWidth(by: Int64(width)))
    return String(repeating: "#", count: max(1, Int(marks)))
  }

  /// Broken between words, and within a word that is wider than a line.
  ///
  /// - Parameter lead: what the first line begins with; the others are indented as far.
  mutating func paragraph(_ words: String, lead: String = "", right: Int = 0) {
    let indent = String(repeating: " ", count: lead.columns)
    for (position, line) in wrapped(words.displayed, to: width - right - lead.columns).enumerated() {
      lines.append((position == 0 ? lead : indent) + line)
    }
  }

  private func wrapped(_ text: String, to limit: Int) -> [String] {
    var wrapped: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      var rest = word
      if !line.isEmpty, line.columns + 1 + rest.columns > limit {
        wrapped.append(line)
        line = ""
      }
      if !line.isEmpty { line += " " }
      while line.columns + rest.columns > limit {
        let head = rest.fitting(limit)
        wrapped.append(String(head))
        rest = rest.dropFirst(head.count)
      }
      line += rest
    }
    if !line.isEmpty { wrapped.append(line) }
    return wrapped
  }
}

extension Substring {
  /// As many characters as fit, and one at least.
  fileprivate func fitting(_ columns: Int) -> Substring {
    var used = 0
    let count = prefix { character in
      used += String(character).columns
      return used <= columns
    }.count
    return prefix(Swift.max(1, count))
  }
}

/// Escapes for element content and attribute values, scalar by scalar. Mustache's own HTML type goes by `Character`
/// and lets a quotation mark through that has a combining accent on it, which ends an attribute all the same.
struct XHTMLText: MustacheContentType {
  func escapeText(_ text: String) -> String {
    let text = text.displayed
    guard text.utf8.contains(where: Self.special.contains) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static let special = Array("&<>\"'".utf8)
}
