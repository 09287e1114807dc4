/// Looks for anchors and aliases (`&a`, `*a`) in YAML text before it is parsed: a few lines of anchors within anchors
/// stand for more nodes than fit in memory, and no rule needs one. It knows just enough of YAML to pass over comments and
/// quoted texts, and calls what it does not know a reference.
struct YAMLReferences {
  enum Finding: Hashable {
    case reference(line: Int)
    /// Where a quoted text goes on over several lines, nothing after it is certain.
    case openQuote(line: Int)
  }

  static func first(in text: String) -> Finding? {
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      var scan = YAMLReferences()
      for byte in line where !scan.isComment {
        if scan.findsReference(at: byte) { return .reference(line: index + 1) }
      }
      if scan.quote != nil { return .openQuote(line: index + 1) }
    }
    return nil
  }

  private var isComment = false
  private var quote: UInt8?
  private var isEscaped = false
  private var before = UInt8(ascii: " ")
  /// Whether a `&` or `*` came just now where a name may follow it.
  private var mayRefer = false
  /// The last byte that is no blank; nil at the beginning of a line and after the dashes there.
  private var mark: UInt8?

  private mutating func findsReference(at byte: UInt8) -> Bool {
    defer { before = byte }
    if let quote {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        isEscaped = true
      } else if byte == quote {
        self.quote = nil
      }
      return false
    }
    if mayRefer, !" \t\r".utf8.contains(byte) { return true }
    mayRefer = false
    let followsBreak = " \t\r[]{},:".utf8.contains(before)
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): return false
    case UInt8(ascii: "#") where followsBreak: isComment = true
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if followsBreak, mark.map("[{,:".utf8.contains) ?? true { quote = byte }
    case UInt8(ascii: "&"), UInt8(ascii: "*"):
      mayRefer = followsBreak
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      if mark == nil { return false }
    default: break
    }
    mark = byte
    return false
  }
}
