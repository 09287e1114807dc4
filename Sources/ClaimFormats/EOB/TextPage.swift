import Mustache

/// A page of plain text of a fixed width, filled from the top. No line exceeds the width, whatever its text.
struct TextPage {
  let width: Int
  private var lines: [String] = []

  init(width: Int) {
    self.width = width
  }

  var text: String { lines.map { $0 + "\n" }.joined() }

  mutating func space() { lines.append("") }

  mutating func rule(_ mark: Character) { lines.append(String(repeating: mark, count: width)) }

  /// Adds a heading, with an empty line above it and a rule as long as the heading below it.
  mutating func heading(_ words: String) {
    space()
    let start = lines.count
    paragraph(words)
    lines.append(String(repeating: "-", count: lines[start...].map(\.columns).max() ?? 0))
  }

  /// Adds one text at the left margin and one at the right, on separate lines if they do not fit on one.
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

  /// Adds a label, an amount, and the bar that illustrates it.
  mutating func amount(_ label: String, _ amount: String, bar: String) {
    let text = "  \(label)".leftAligned(22) + amount.rightAligned(16)
    lines.append(bar.isEmpty ? text : "\(text)  \(bar)")
  }

  /// Adds two labels with their amounts, side by side.
  mutating func pair(_ left: ServiceTable.Cell?, _ right: ServiceTable.Cell?) {
    func half(_ cell: ServiceTable.Cell?) -> String {
      guard let cell else { return String(repeating: " ", count: 34) }
      return cell.label.leftAligned(18) + cell.amount.rightAligned(16)
    }
    lines.append("   " + half(left) + (right.map { "      " + half($0) } ?? ""))
  }

  /// Returns a bar of proportional length, at least one mark long for any amount above zero.
  func bar(_ part: Int64, of whole: Int64, width: Int) -> String {
    guard part > 0, part <= whole else { return "" }
    let (marks, _) = whole.dividingFullWidth(part.multipliedFullWidth(by: Int64(width)))
    return String(repeating: "#", count: max(1, Int(marks)))
  }

  /// Adds a paragraph, broken between words, and within a word that is wider than a line.
  ///
  /// - Parameter lead: The text that begins the first line; the other lines are indented by its width.
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
  /// The longest prefix that fits, but at least one character.
  fileprivate func fitting(_ columns: Int) -> Substring {
    var used = 0
    let count = prefix { character in
      used += String(character).columns
      return used <= columns
    }.count
    return prefix(Swift.max(1, count))
  }
}

/// Escapes text for element content and attribute values, scalar by scalar. Mustache's own HTML type works by
/// `Character` and does not escape a quotation mark with a combining accent, which still ends an attribute.
package struct XHTMLText: MustacheContentType {
  /// Makes the type known to templates as `XHTML`.
  package static func register() { MustacheContentTypes.register(XHTMLText(), named: "XHTML") }

  package func escapeText(_ text: String) -> String {
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
