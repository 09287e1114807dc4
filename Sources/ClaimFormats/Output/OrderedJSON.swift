package import ClaimsDomain

/// Writes JSON with its keys in the given order, which Foundation's encoder does not keep. It appends bytes directly to
/// one array, so a line needs no intermediate tree.
package struct OrderedJSON {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  /// Returns one value as a line of its own, with its line feed.
  package static func line(_ write: (inout OrderedJSON) -> Void) -> [UInt8] {
    var json = OrderedJSON()
    write(&json)
    return json.bytes + [UInt8(ascii: "\n")]
  }

  package mutating func object(_ members: (inout OrderedJSON) -> Void) {
    enclose("{", "}", members)
  }

  /// Writes a key. The next value written is its value.
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func array<Element>(_ elements: [Element], _ write: (inout OrderedJSON, Element) -> Void) {
    enclose("[", "]") { json in
      for element in elements { write(&json, element) }
    }
  }

  package mutating func string(_ text: some StringProtocol) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    let isPlain = text.utf8.withContiguousStorageIfAvailable { plain in
      guard plain.allSatisfy(Self.isPlain) else { return false }
      bytes.append(contentsOf: plain)
      return true
    }
    if isPlain != true { for scalar in text.unicodeScalars { write(scalar) } }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte is a printable ASCII character that needs no escape.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Escapes what RFC 8259 requires (C0, the quotation mark and the backslash), and other characters that a terminal
  /// would act on.
  private mutating func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\": bytes += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
    case "\n": bytes += #"\n"#.utf8
    case "\r": bytes += #"\r"#.utf8
    case "\t": bytes += #"\t"#.utf8
    case _ where scalar.actsOnTerminal:
      bytes += #"\u"#.utf8
      for shift in [12, 8, 4, 0] {
        bytes.append(Self.hex(UInt8(truncatingIfNeeded: scalar.value >> UInt32(shift)) & 0xF))
      }
    case _ where scalar.isASCII: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
  }

  /// Writes an amount as a string with two decimals, because most readers treat a JSON number as a float.
  package mutating func amount(_ money: Money) { string(money.description) }

  /// Writes an amount as a number with two decimals, for formats that have it so (FHIR `decimal`).
  package mutating func decimal(_ money: Money) { literal(money.description) }

  /// Writes a number by its text, which must be one.
  mutating func number(_ text: String) { literal(text) }

  package mutating func integer(_ value: Int) { literal(String(value)) }

  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  package mutating func null() { literal("null") }

  /// Writes milliseconds as seconds: `1.5`, `0.042`, `2`.
  package mutating func seconds(milliseconds: Int) {
    let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1_000)
    var fraction = String(rest + 1_000).dropFirst()
    while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
    literal("\(milliseconds < 0 ? "-" : "")\(seconds)\(fraction.isEmpty ? "" : ".\(fraction)")")
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes += text.utf8
  }

  private mutating func enclose(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ write: (inout OrderedJSON) -> Void) {
    separate()
    bytes.append(UInt8(ascii: open))
    needsComma = false
    write(&self)
    bytes.append(UInt8(ascii: close))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private static func hex(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}

extension OrderedJSON {
  /// Writes a key and its value. A nil value is written as `null`, so that every object of a kind has the same keys.
  package mutating func member<Value>(_ name: String, _ value: Value?, _ write: (inout OrderedJSON, Value) -> Void) {
    key(name)
    if let value { write(&self, value) } else { null() }
  }

  package mutating func member(_ name: String, _ value: String?) { member(name, value) { $0.string($1) } }

  package mutating func member<Tag>(_ name: String, _ value: Identifier<Tag>?) {
    member(name, value) { $0.string($1.text) }
  }

  package mutating func member(_ name: String, _ value: Money?) { member(name, value) { $0.amount($1) } }

  package mutating func member(_ name: String, _ value: Int?) { member(name, value) { $0.integer($1) } }

  package mutating func member(_ name: String, _ value: Bool?) { member(name, value) { $0.bool($1) } }
}
