/// Splits a JSON file into records without reading it as a whole: the elements of one array, one object per line
/// (NDJSON), or consecutive objects. A single object is the common case.
struct JSONRecordScanner {
  private enum Layout { case array, lines, values }

  enum Record {
    case object([UInt8])
    /// A record that cannot be a claim, with the reason.
    case broken(String)
  }

  private var window: ByteWindow
  private var layout: Layout?
  private var nesting = JSONNesting()
  /// The number of the current record, counted from 1.
  private(set) var number = 0
  /// The offset in the source of the current record.
  private(set) var start = 0
  /// Whether the file ended in the middle of an array or a record.
  private(set) var isCutOff = false

  /// Whether the next record of an array is the first, or follows exactly one comma.
  private var isSeparated = true
  /// Whether the array has ended; nothing may follow it.
  private var isPastArray = false

  /// The offset in the source of the first byte that is not read yet.
  var position: Int { window.position }

  init(_ source: any ClaimBytes) {
    window = ByteWindow(of: source)
  }

  /// Returns the next record; nil at the end.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  mutating func next() throws(InputError) -> Record? {
    if layout == nil { layout = try begin() }
    guard try skipSeparators() else { return nil }
    number += 1
    start = window.position
    let record = layout == .lines ? try line() : try value()
    if isPastArray { return .broken("it stands after the end of the list") }
    return isSeparated ? record : .broken("one comma has to separate it from the record before it")
  }

  // MARK: Layout

  private mutating func begin() throws(InputError) -> Layout {
    try window.require(JSONLimits.layoutReach)
    if window.bytes[window.unread].starts(with: [0xEF, 0xBB, 0xBF]) { window.skip(3) }
    let reach = window.bytes[window.unread].prefix(JSONLimits.layoutReach)
    guard let first = reach.firstIndex(where: { $0 > UInt8(ascii: " ") }) else { return .values }
    if reach[first] == UInt8(ascii: "[") {
      window.skip(first + 1 - window.unread.lowerBound)
      return .array
    }
    // An object that spans several lines never has `{` at the beginning of its second line.
    let rows = reach[first...].split(separator: UInt8(ascii: "\n"), maxSplits: 2).prefix(2)
    let beginnings = rows.compactMap { row in row.first { $0 > UInt8(ascii: " ") } }
    return beginnings == [UInt8(ascii: "{"), UInt8(ascii: "{")] ? .lines : .values
  }

  /// Skips white space and commas. Returns false when there are no more records.
  private mutating func skipSeparators() throws(InputError) -> Bool {
    var commas = 0
    defer { isSeparated = layout != .array || commas == min(number, 1) }
    while true {
      let blanks = window.bytes[window.unread].prefix {
        $0 <= UInt8(ascii: " ") || (layout == .array && $0 == UInt8(ascii: ","))
      }
      commas += blanks.count { $0 == UInt8(ascii: ",") }
      window.skip(blanks.count)
      if let next = window.unread.first {
        guard layout == .array, window.bytes[next] == UInt8(ascii: "]") else { return true }
        (layout, isPastArray) = (.values, true)
        window.skip(1)
      } else if window.isAtEnd {
        isCutOff = isCutOff || layout == .array
        return false
      } else {
        try window.refill()
      }
    }
  }

  // MARK: Records

  private mutating func line() throws(InputError) -> Record {
    try collect { $1 == UInt8(ascii: "\n") ? .before : .no } ?? .broken("the record is cut off")
  }

  private mutating func value() throws(InputError) -> Record {
    guard let first = window.unread.first, window.bytes[first] == UInt8(ascii: "{") else { return try scalar() }
    nesting = JSONNesting()
    let record = try collect { scanner, byte in
      scanner.nesting.take(byte)
      return scanner.nesting.depth == 0 ? .after : .no
    }
    guard let record else {
      isCutOff = true
      return .broken("the record is cut off: the file ends before its last brace")
    }
    return record
  }

  /// Skips a value that is not an object, up to the next one that may be.
  private mutating func scalar() throws(InputError) -> Record {
    let inArray = layout == .array
    _ = try collect { _, byte in
      switch byte {
      case UInt8(ascii: "\n"): .after
      case UInt8(ascii: ","), UInt8(ascii: "]"): inArray ? .before : .no
      default: .no
      }
    }
    return .broken("a claim must be a JSON object")
  }

  private enum End { case no, before, after }

  /// Collects bytes until `isEnd`. Returns nil when the file ends first, except in NDJSON, where the last line may end
  /// that way.
  private mutating func collect(until isEnd: (inout Self, UInt8) -> End) throws(InputError) -> Record? {
    var record: [UInt8] = []
    var isTooLong = false
    while true {
      var end = End.no
      var next = window.unread.lowerBound
      while end == .no, next < window.unread.upperBound {
        end = isEnd(&self, window.bytes[next])
        if end != .before { next += 1 }
      }
      if record.count + (next - window.unread.lowerBound) > JSONLimits.recordLength {
        isTooLong = true
        record = []
      } else if !isTooLong {
        record += window.bytes[window.unread.lowerBound..<next]
      }
      window.skip(next - window.unread.lowerBound)
      if end != .no || (window.isAtEnd && layout == .lines) {
        return isTooLong ? .broken("the record is longer than \(JSONLimits.recordLength) bytes") : .object(record)
      }
      if window.isAtEnd { return nil }
      try window.refill()
    }
  }
}

/// Limits on the memory that one record of an untrusted file may take.
enum JSONLimits {
  /// Bytes in one claim. A claim of 999 indented lines takes about a quarter of this.
  static let recordLength = 1 << 21
  /// How far into a file to look for its layout, in bytes.
  static let layoutReach = 1 << 16
}
