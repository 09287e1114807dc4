/// How many braces and brackets of a JSON text are open, byte by byte. Those inside strings do not count.
struct JSONNesting {
  private(set) var depth = 0
  private var isInText = false
  private var isEscaped = false

  /// - Parameter depth: the number of braces and brackets that are open before the first byte.
  init(depth: Int = 0) {
    self.depth = depth
  }

  mutating func take(_ byte: UInt8) {
    guard !isInText else { return takeText(byte) }
    switch byte {
    case UInt8(ascii: "\""): isInText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
  }

  private mutating func takeText(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInText = false
    }
  }
}
