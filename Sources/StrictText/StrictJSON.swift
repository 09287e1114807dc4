/// Checks that a JSON text conforms to I-JSON (RFC 7493) before a decoder reads it, since decoders treat other texts
/// differently: the text is JSON in UTF-8, no object has the same name twice, and no surrogate is unpaired. In addition, no
/// text contains a control character, in any notation, and nothing is nested deeper than `depthLimit`.
package struct StrictJSON {
  /// The reason that a text is refused.
  package struct Defect: Error, Hashable {
    /// The path of the invalid value: `lines[2].code`. It is empty for the text as a whole.
    package let path: String
    private let fault: String
    /// Where a text ceases to be JSON; nil for any other defect.
    package let place: TextPlace?

    /// - Parameters:
    ///   - reason: the phrase of `reason`, without the place.
    package init(path: String, reason: String, at place: TextPlace? = nil) {
      (self.path, self.place) = (path, place)
      fault = reason
    }

    /// What is wrong with the value, as a phrase that follows the path: `is there twice`.
    package var reason: String { place.map { "\(fault) at \($0)" } ?? fault }

    /// The defect in a text that begins at a place of a longer one.
    ///
    /// - Parameter start: the place; computed only if the defect has one of its own.
    package func counted<Failure: Error>(from start: () throws(Failure) -> TextPlace) throws(Failure) -> Defect {
      guard let place else { return self }
      return Defect(path: path, reason: fault, at: place.counted(from: try start()))
    }
  }

  /// The maximum depth of nesting. A claim needs six levels.
  package static let depthLimit = 32
  /// The maximum length of a name in a path. Names come from the sender too.
  private static let shownNameLimit = 40

  private let bytes: [UInt8]
  private var next = 0
  private var output: [UInt8] = []
  private var path: [Step] = []
  private let blanksBreaks: Bool

  private enum Step {
    case name(String)
    case index(Int)
  }

  private init(_ bytes: [UInt8], blanksBreaks: Bool) {
    self.bytes = bytes
    self.blanksBreaks = blanksBreaks
    output.reserveCapacity(bytes.count)
  }

  /// Returns the same values, with every text in Unicode normalization form C.
  ///
  /// - Parameter blanksBreaks: Whether a line break or a tab in a text becomes a space instead of a defect. FHIR allows
  ///   them in every text.
  /// - Throws: `Defect`.
  package static func checked(_ bytes: [UInt8], blanksBreaks: Bool = false) throws(Defect) -> [UInt8] {
    guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else {
      throw Defect(path: "", reason: "is not UTF-8 text: save the file as UTF-8")
    }
    var text = StrictJSON(bytes, blanksBreaks: blanksBreaks)
    text.takeSpace()
    try text.takeValue()
    text.takeSpace()
    guard text.next == bytes.count else { throw text.malformed }
    return text.output
  }

  // MARK: Values

  private mutating func takeValue() throws(Defect) {
    switch peek() {
    case UInt8(ascii: "{"): try takeObject()
    case UInt8(ascii: "["): try takeArray()
    case UInt8(ascii: "\""): write(try takeText())
    case nil: throw malformed
    default: try takeWord()
    }
  }

  private mutating func takeObject() throws(Defect) {
    var names: Set<String> = []
    try takeList(until: UInt8(ascii: "}")) { json, _ throws(Defect) in
      guard json.peek() == UInt8(ascii: "\"") else { throw json.malformed }
      let name = try json.takeText(isName: true)
      json.path.append(.name(name))
      guard names.insert(name).inserted else { throw json.defect("is there twice") }
      json.write(name)
      json.takeSpace()
      guard json.peek() == UInt8(ascii: ":") else { throw json.malformed }
      json.copy()
      json.takeSpace()
      try json.takeValue()
    }
  }

  private mutating func takeArray() throws(Defect) {
    try takeList(until: UInt8(ascii: "]")) { json, index throws(Defect) in
      json.path.append(.index(index))
      try json.takeValue()
    }
  }

  /// Reads elements separated by commas, and the bracket at each end. An element adds one step to the path.
  private mutating func takeList(
    until end: UInt8, _ element: (inout StrictJSON, Int) throws(Defect) -> Void
  ) throws(Defect) {
    guard path.count < Self.depthLimit else {
      throw Defect(path: "", reason: "is nested more than \(Self.depthLimit) levels deep")
    }
    copy()
    takeSpace()
    var index = 0
    while peek() != end {
      if index > 0 {
        guard peek() == UInt8(ascii: ",") else { throw malformed }
        copy()
        takeSpace()
      }
      try element(&self, index)
      path.removeLast()
      takeSpace()
      index += 1
    }
    copy()
  }

  /// Reads a number, `true`, `false` or `null`.
  private mutating func takeWord() throws(Defect) {
    let start = next
    while let byte = peek(), Self.isWordByte(byte) { copy() }
    guard Self.isWord(bytes[start..<next]) else {
      next = start
      throw malformed
    }
  }

  /// Whether this is one of the three literal names, or a number (RFC 8259, section 6).
  private static func isWord(_ word: ArraySlice<UInt8>) -> Bool {
    if ["true", "false", "null"].contains(where: { word.elementsEqual($0.utf8) }) { return true }
    var rest = word
    func takeDigits() -> Int {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let hasZero = rest.first == UInt8(ascii: "0")
    let whole = takeDigits()
    guard whole > 0, whole == 1 || !hasZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits() > 0 else { return false }
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  // MARK: Texts

  /// Reads the text between two quotation marks, with its escapes resolved.
  private mutating func takeText(isName: Bool = false) throws(Defect) -> String {
    next += 1
    var content: [UInt8] = []
    while let byte = peek() {
      next += 1
      switch byte {
      case UInt8(ascii: "\""):
        let text = String(decoding: content, as: UTF8.self).composed
        guard !text.holdsControl else { throw defect(isName, "a control character") }
        return text
      case UInt8(ascii: "\\"): content += try takeEscape(isName).utf8
      default: content.append(byte)
      }
    }
    throw malformed
  }

  private mutating func takeEscape(_ isName: Bool) throws(Defect) -> String {
    guard let byte = peek() else { throw malformed }
    next += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(byte))
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      guard blanksBreaks, !isName else { throw defect(isName, "a control character") }
      return " "
    case UInt8(ascii: "b"), UInt8(ascii: "f"):
      throw defect(isName, "a control character")
    case UInt8(ascii: "u"): break
    default: throw malformed
    }
    let first = try takeCodeUnit()
    guard UTF16.isSurrogate(first) else { return String(decoding: [first], as: UTF16.self) }
    guard UTF16.isLeadSurrogate(first), bytes[next...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
      throw defect(isName, "an unpaired surrogate")
    }
    next += 2
    let second = try takeCodeUnit()
    guard UTF16.isTrailSurrogate(second) else { throw defect(isName, "an unpaired surrogate") }
    return String(decoding: [first, second], as: UTF16.self)
  }

  private mutating func takeCodeUnit() throws(Defect) -> UInt16 {
    let digits = bytes[next...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed }
    next += 4
    return unit
  }

  // MARK: Bytes

  private func peek() -> UInt8? { next < bytes.count ? bytes[next] : nil }

  private mutating func copy() {
    output.append(bytes[next])
    next += 1
  }

  private mutating func takeSpace() {
    while let byte = peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) { copy() }
  }

  private mutating func write(_ text: String) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    output.append(UInt8(ascii: "\""))
  }

  // MARK: Defects

  /// The text is not JSON at the next byte.
  private var malformed: Defect {
    let before = bytes[..<next].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let column = String(decoding: before.last ?? [], as: UTF8.self).count + 1
    return Defect(path: "", reason: "is not valid JSON", at: TextPlace(line: before.count, column: column))
  }

  private func defect(_ isName: Bool, _ intruder: String) -> Defect {
    defect((isName ? "has a name that holds " : "holds ") + intruder)
  }

  private func defect(_ reason: String) -> Defect {
    let text = path.reduce(into: "") { text, step in
      switch step {
      case .index(let index): text += "[\(index)]"
      case .name(let name): text += (text.isEmpty ? "" : ".") + name.prefix(Self.shownNameLimit)
      }
    }
    return Defect(path: text, reason: reason)
  }
}
