import Mustache

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
