import StrictText

/// A JSON value of a FHIR resource. A number keeps its text, so that an amount is never a float.
indirect enum FHIRValue: Hashable, Sendable {
  case object([String: FHIRValue])
  case list([FHIRValue])
  case text(String)
  case number(String)
  case bool(Bool)
  case null

  /// Reads one value. Line breaks in texts become spaces.
  ///
  /// - Throws: `StrictJSON.Defect`.
  init(parsing bytes: [UInt8]) throws(StrictJSON.Defect) {
    var parser = FHIRValueParser(try StrictJSON.checked(bytes, blanksBreaks: true))
    self = try parser.value()
  }

  subscript(_ name: String) -> FHIRValue? {
    guard case .object(let members) = self, let member = members[name], member != .null else { return nil }
    return member
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var elements: [FHIRValue] { if case .list(let values) = self { values } else { [] } }
}

extension FHIRValue {
  /// The value in a canonical form: without white space, names in the order of their bytes, and numbers without zeros at
  /// their end.
  var canonical: [UInt8] {
    var json = OrderedJSON()
    write(to: &json)
    return json.bytes
  }

  package func write(to json: inout OrderedJSON) {
    switch self {
    case .object(let members):
      json.object { json in
        for (name, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          json.key(name)
          value.write(to: &json)
        }
      }
    case .list(let values): json.array(values) { $1.write(to: &$0) }
    case .text(let text): json.string(text)
    case .number(let text): json.number(Self.withoutPadding(text))
    case .bool(let value): json.bool(value)
    case .null: json.null()
    }
  }

  private static func withoutPadding(_ number: String) -> String {
    guard number.contains("."), !number.contains(where: { $0 == "e" || $0 == "E" }) else { return number }
    let digits = number.reversed().drop { $0 == "0" }
    return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
  }
}

/// Builds a value from a text that `StrictJSON` has checked, in which only quotation marks and backslashes are escaped.
private struct FHIRValueParser {
  private let bytes: [UInt8]
  private var next = 0

  private static let malformed = StrictJSON.Defect(path: "", reason: "is not valid JSON")
  /// Longer numbers are no amounts, quantities or sequences.
  private static let longestNumber = 40

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func value() throws(StrictJSON.Defect) -> FHIRValue {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .list(try elements())
    case UInt8(ascii: "\""): return .text(try text())
    default: return try word()
    }
  }

  private mutating func members() throws(StrictJSON.Defect) -> [String: FHIRValue] {
    var members: [String: FHIRValue] = [:]
    next += 1
    while let byte = afterSeparators(), byte != UInt8(ascii: "}") {
      let name = try text()
      skipSpace()
      next += 1
      members[name] = try value()
    }
    next += 1
    return members
  }

  private mutating func elements() throws(StrictJSON.Defect) -> [FHIRValue] {
    var elements: [FHIRValue] = []
    next += 1
    while let byte = afterSeparators(), byte != UInt8(ascii: "]") { elements.append(try value()) }
    next += 1
    return elements
  }

  private mutating func text() throws(StrictJSON.Defect) -> String {
    guard peek == UInt8(ascii: "\"") else { throw Self.malformed }
    next += 1
    var content: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") { next += 1 }
      guard let byte = peek else { throw Self.malformed }
      content.append(byte)
      next += 1
    }
    next += 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func word() throws(StrictJSON.Defect) -> FHIRValue {
    let start = next
    while let byte = peek, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D].contains(byte) { next += 1 }
    let word = String(decoding: bytes[start..<next], as: UTF8.self)
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      guard word.utf8.count <= Self.longestNumber,
        word.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
      else { throw Self.malformed }
      return .number(word)
    }
  }

  private var peek: UInt8? { next < bytes.count ? bytes[next] : nil }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { next += 1 }
  }

  /// Skips white space and a comma.
  private mutating func afterSeparators() -> UInt8? {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D, 0x2C].contains(byte) { next += 1 }
    return peek
  }
}
