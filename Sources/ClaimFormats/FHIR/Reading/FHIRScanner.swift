import ClaimsDomain

/// Finds the resources of a FHIR file without holding it: the entries of a Bundle, one resource per line (NDJSON), or
/// consecutive resources. It yields where each is; the content is read by that place, and checked then.
struct FHIRScanner {
  /// A resource in the file.
  struct Found {
    /// The position among the resources of the file, from 1.
    var number: Int
    /// The bytes of the resource; nil for something that is no object.
    var range: Range<Int>?
    var type: String?
    var id: String?
    /// `Bundle.entry.fullUrl`.
    var fullURL: String?
  }

  private enum State {
    case top
    /// Within an object at the top: a Bundle, or a resource.
    case members(of: Found, isBundle: Bool)
    /// Within `Bundle.entry`.
    case entries(of: Found)
    case ended
  }

  private var window: ByteWindow
  private var state = State.top
  private var hasLines: Bool?
  private(set) var number = 0
  /// Whether the file ended in the middle of a resource.
  private(set) var isCutOff = false
  /// Whether a Bundle holds earlier versions of its resources.
  private(set) var hasHistory = false

  /// The offset in the source of the first byte that is not read yet.
  var position: Int { window.position }

  init(_ source: any ClaimBytes) {
    window = ByteWindow(of: source)
  }

  /// Returns the next resource; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  mutating func next() throws(InputError) -> Found? {
    if hasLines == nil { hasLines = try beginsWithLines() }
    while true {
      switch state {
      case .ended: return nil
      case .top:
        guard let byte = try next(after: [UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]")]) else {
          state = .ended
          return nil
        }
        if hasLines == true { return try line() }
        guard byte == UInt8(ascii: "{") else { return try stray() }
        state = .members(of: Found(number: number + 1, range: window.position..<window.position), isBundle: false)
        window.skip(1)
      case .members(let found, let isBundle):
        if let whole = try members(of: found, isBundle) { return whole }
      case .entries(let bundle):
        if let entry = try entry(of: bundle) { return entry }
      }
    }
  }

  // MARK: Layouts

  /// Whether the file has one resource per line. A resource that spans lines never has `{` at the beginning of its second.
  private mutating func beginsWithLines() throws(InputError) -> Bool {
    try window.require(JSONLimits.layoutReach)
    if window.bytes[window.unread].starts(with: [0xEF, 0xBB, 0xBF]) { window.skip(3) }
    let rows = window.bytes[window.unread].prefix(JSONLimits.layoutReach)
      .split(separator: UInt8(ascii: "\n")).lazy.compactMap { row in row.first { $0 > UInt8(ascii: " ") } }
    return Array(rows.prefix(2)) == [UInt8(ascii: "{"), UInt8(ascii: "{")]
  }

  private mutating func line() throws(InputError) -> Found {
    number += 1
    let start = window.position
    var line: [UInt8] = []
    while true {
      let part = window.bytes[window.unread].prefix { $0 != UInt8(ascii: "\n") }
      if line.count <= JSONLimits.recordLength { line += part }
      window.skip(part.count)
      guard window.unread.isEmpty, !window.isAtEnd else { break }
      try window.refill()
    }
    var found = Found(number: number, range: start..<window.position)
    var scanner = FHIRScanner(MemoryBytes(line))
    scanner.hasLines = false
    if let inner = try scanner.next(), inner.range?.lowerBound == 0 {
      (found.type, found.id) = (inner.type, inner.id)
    } else if line.first == UInt8(ascii: "{") {
      found.type = "Bundle"
    }
    return found
  }

  /// Skips something that is no object.
  private mutating func stray() throws(InputError) -> Found {
    number += 1
    // A bracket or comma where a value should be is skipped alone, so that the scan always goes on.
    if try !skipValue() { window.skip(1) }
    return Found(number: number)
  }

  /// Reads members of an object at the top, up to its end or to the entries of a Bundle.
  private mutating func members(of object: Found, _ isBundle: Bool) throws(InputError) -> Found? {
    var (found, isBundle) = (object, isBundle)
    while let byte = try next(after: [UInt8(ascii: ",")]) {
      if byte == UInt8(ascii: "}") {
        window.skip(1)
        state = .top
        return whole(found, isBundle)
      }
      guard let name = try takeName() else { break }
      switch (name, try next(after: [])) {
      case ("entry", UInt8(ascii: "[")):
        window.skip(1)
        isBundle = true
        state = .entries(of: found)
        return nil
      case ("resourceType", UInt8(ascii: "\"")): found.type = try takeText()
      case ("id", UInt8(ascii: "\"")): found.id = try takeText()
      case ("type", UInt8(ascii: "\"")): if try takeText() == "history" { hasHistory = true }
      default: _ = try skipValue()
      }
      state = .members(of: found, isBundle: isBundle)
    }
    isCutOff = try !skipRest(depth: 1)
    state = isCutOff ? .ended : .top
    return whole(found, isBundle)
  }

  /// Returns an object at the top that has come to its end; nil for a Bundle, whose entries have been returned.
  private mutating func whole(_ found: Found, _ isBundle: Bool) -> Found? {
    guard let start = found.range?.lowerBound, !isBundle || found.type != "Bundle" else { return nil }
    number += 1
    var found = found
    (found.number, found.range) = (number, start..<window.position)
    return found
  }

  /// Reads one entry of a Bundle; returns nil at the end of the entries, and for an entry without a resource.
  private mutating func entry(of bundle: Found) throws(InputError) -> Found? {
    switch try next(after: [UInt8(ascii: ",")]) {
    case UInt8(ascii: "{"): break
    case UInt8(ascii: "]"):
      window.skip(1)
      state = .members(of: bundle, isBundle: true)
      return nil
    case nil:
      isCutOff = true
      state = .ended
      return nil
    default: return try stray()
    }
    window.skip(1)
    var entry = Found(number: number + 1)
    let isWhole = try takeEntry(&entry)
    guard !isWhole || entry.range != nil else { return nil }
    number += 1
    return entry
  }

  /// Reads the members of an entry. Returns false when it does not end as it should.
  private mutating func takeEntry(_ entry: inout Found) throws(InputError) -> Bool {
    while let byte = try next(after: [UInt8(ascii: ",")]) {
      if byte == UInt8(ascii: "}") {
        window.skip(1)
        return true
      }
      guard let name = try takeName() else { break }
      switch (name, try next(after: [])) {
      case ("fullUrl", UInt8(ascii: "\"")): entry.fullURL = try takeText()
      case ("resource", UInt8(ascii: "{")): try takeResource(of: &entry)
      default: _ = try skipValue()
      }
    }
    if try !skipRest(depth: 1) {
      isCutOff = true
      state = .ended
    }
    return false
  }

  private mutating func takeResource(of entry: inout Found) throws(InputError) {
    let start = window.position
    window.skip(1)
    defer { entry.range = start..<window.position }
    while let byte = try next(after: [UInt8(ascii: ",")]) {
      if byte == UInt8(ascii: "}") { return window.skip(1) }
      guard let name = try takeName() else { break }
      switch (name, try next(after: [])) {
      case ("resourceType", UInt8(ascii: "\"")): entry.type = try takeText()
      case ("id", UInt8(ascii: "\"")): entry.id = try takeText()
      default: _ = try skipValue()
      }
    }
    _ = try skipRest(depth: 1)
  }
}

// MARK: Tokens

extension FHIRScanner {
  /// The longest name, type, id or URL that is looked at.
  private static let longestText = 512

  /// Skips white space and the given separators, and returns the byte after them; nil at the end of the file.
  private mutating func next(after separators: [UInt8]) throws(InputError) -> UInt8? {
    while true {
      let blanks = window.bytes[window.unread].prefix { $0 <= UInt8(ascii: " ") || separators.contains($0) }
      window.skip(blanks.count)
      if let next = window.unread.first { return window.bytes[next] }
      guard !window.isAtEnd else { return nil }
      try window.refill()
    }
  }

  /// Reads a name and its colon. Returns nil for anything else; an escaped name is empty.
  private mutating func takeName() throws(InputError) -> String? {
    guard let first = window.unread.first, window.bytes[first] == UInt8(ascii: "\"") else { return nil }
    let name = try takeText() ?? ""
    guard try next(after: []) == UInt8(ascii: ":") else { return nil }
    window.skip(1)
    return name
  }

  /// Reads the text that begins here. Returns nil for one that is escaped or too long.
  private mutating func takeText() throws(InputError) -> String? {
    var content: [UInt8] = []
    var (isEscaped, isPlain) = (false, true)
    window.skip(1)
    while true {
      for index in window.unread {
        let byte = window.bytes[index]
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          (isEscaped, isPlain) = (true, false)
        } else if byte == UInt8(ascii: "\"") {
          window.skip(index + 1 - window.unread.lowerBound)
          return isPlain && content.count <= Self.longestText ? String(validating: content, as: UTF8.self) : nil
        } else if content.count <= Self.longestText {
          content.append(byte)
        }
      }
      window.skip(window.unread.count)
      guard !window.isAtEnd else { return nil }
      try window.refill()
    }
  }

  /// Skips the value that begins here. Returns false when there is none.
  private mutating func skipValue() throws(InputError) -> Bool {
    switch try next(after: []) {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      window.skip(1)
      return try skipRest(depth: 1)
    case UInt8(ascii: "\""):
      _ = try takeText()
      return true
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), nil:
      return false
    default:
      while true {
        let word = window.bytes[window.unread].prefix { !Self.endsWord($0) }
        window.skip(word.count)
        guard window.unread.isEmpty, !window.isAtEnd else { return true }
        try window.refill()
      }
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= UInt8(ascii: " ") || [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(byte)
  }

  /// Skips what is left of an object or array, within which `depth` brackets are open. Returns false when the file ends
  /// first.
  private mutating func skipRest(depth: Int) throws(InputError) -> Bool {
    var nesting = JSONNesting(depth: depth)
    while true {
      for index in window.unread {
        nesting.take(window.bytes[index])
        guard nesting.depth == 0 else { continue }
        window.skip(index + 1 - window.unread.lowerBound)
        return true
      }
      window.skip(window.unread.count)
      guard !window.isAtEnd else { return false }
      try window.refill()
    }
  }
}
