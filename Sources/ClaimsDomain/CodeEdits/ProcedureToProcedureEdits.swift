/// One NCCI procedure-to-procedure edit: when two codes are given together, the one in column 2 is not paid.
package struct ProcedureToProcedureEdit: Hashable, Sendable {
  package let column1: String
  package let column2: String
  /// The days on which the edit is in force. Nil when it was deleted on the day it would have taken effect, so it was
  /// never in force (NCCI policy manual, chapter I, modifier indicator 9).
  package let days: DateRange?
  package let modifierIndicator: ModifierIndicator

  package enum ModifierIndicator: Int, Hashable, Sendable, CaseIterable {
    /// No modifier allows both codes to be paid.
    case notAllowed = 0
    case allowed = 1
    /// The edit is deleted, so there is nothing to bypass.
    case notApplicable = 9
  }

  /// - Parameter deletion: The last day on which the edit is in force; nil while it has no end.
  package init(
    column1: String, column2: String, effective: CalendarDate, deletion: CalendarDate?,
    modifierIndicator: ModifierIndicator
  ) {
    self.column1 = column1
    self.column2 = column2
    self.modifierIndicator = modifierIndicator
    if let deletion {
      days = deletion > effective ? DateRange(effective, through: deletion) : nil
    } else {
      days = DateRange(effective, through: .openEnd)
    }
  }
}

/// All NCCI procedure-to-procedure edits for a setting, sorted so that two million edits take 32 MB and a pair is found
/// by binary search.
package struct ProcedureToProcedureEdits: Sendable {
  /// CMS publishes a quarter's edits in several files; each is sorted separately.
  private let parts: [[Row]]

  /// Two words: the pair, and the days with the indicator.
  private struct Row: Comparable {
    let pair: UInt64
    /// The number of the first day, the number of the last day, and the indicator: 28, 28, and 8 bits.
    let term: UInt64

    init(_ pair: ProcedurePair, _ days: DateRange, _ indicator: ProcedureToProcedureEdit.ModifierIndicator) {
      self.pair = pair.packed
      // Day numbers are offset so that no day since 1800, the earliest possible date, is negative.
      term = Self.number(days.first) << 36 | Self.number(days.last) << 8 | UInt64(indicator.rawValue)
    }

    static func number(_ day: CalendarDate) -> UInt64 { UInt64(day.dayNumber + 100_000) }

    static func < (left: Row, right: Row) -> Bool { (left.pair, left.term) < (right.pair, right.term) }

    func indicator(on day: UInt64) -> ProcedureToProcedureEdit.ModifierIndicator? {
      guard term >> 36 <= day, day <= term >> 8 & 0xFFF_FFFF else { return nil }
      return ProcedureToProcedureEdit.ModifierIndicator(rawValue: Int(term & 0xFF))
    }
  }

  /// Creates the table, leaving out edits that were never in force.
  package init(_ edits: some Sequence<ProcedureToProcedureEdit>) {
    var rows: [Row] = []
    for edit in edits {
      guard let days = edit.days, let pair = ProcedurePair(edit.column1, edit.column2) else { continue }
      rows.append(Row(pair, days, edit.modifierIndicator))
    }
    rows.sort()
    parts = [rows]
  }

  /// Merges tables of one quarter and setting.
  package init(merging edits: [ProcedureToProcedureEdits]) {
    parts = edits.flatMap(\.parts)
  }

  package var count: Int { parts.map(\.count).reduce(0, +) }

  /// The edit in force on a day against paying `column2` together with `column1`; nil when there is none.
  package func modifierIndicator(
    column1: String, column2: String, on day: CalendarDate
  ) -> ProcedureToProcedureEdit.ModifierIndicator? {
    guard let pair = ProcedurePair(column1, column2) else { return nil }
    let number = Row.number(day)
    for rows in parts {
      var index = Self.firstIndex(of: pair.packed, in: rows)
      while index < rows.endIndex, rows[index].pair == pair.packed {
        if let indicator = rows[index].indicator(on: number) { return indicator }
        index += 1
      }
    }
    return nil
  }

  private static func firstIndex(of pair: UInt64, in rows: [Row]) -> Int {
    var (low, high) = (rows.startIndex, rows.endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if rows[middle].pair < pair { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The form stored on disk: sorted rows of sixteen bytes each, so that reading a million rows is as fast as copying
/// them.
extension ProcedureToProcedureEdits {
  package static let packedRowSize = 16

  package var packed: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * Self.packedRowSize)
    for row in parts.flatMap(\.self).sorted() {
      for word in [row.pair, row.term] {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// Returns nil unless the bytes are whole rows.
  package init?(packed bytes: UnsafeRawBufferPointer) {
    guard bytes.count.isMultiple(of: Self.packedRowSize), Self.packedRowSize == MemoryLayout<Row>.stride else {
      return nil
    }
    let count = bytes.count / Self.packedRowSize
    parts = [
      Array(unsafeUninitializedCapacity: count) { rows, initialized in
        UnsafeMutableRawBufferPointer(rows).copyMemory(from: bytes)
        initialized = count
      }
    ]
  }
}

/// Two HCPCS codes in one word, which saves space because there are two million pairs.
struct ProcedurePair: Hashable, Comparable, Sendable {
  let packed: UInt64

  /// Returns nil unless both codes consist of one to five capital letters and digits.
  init?(_ first: some StringProtocol, _ second: some StringProtocol) {
    guard let first = Self.packed(first), let second = Self.packed(second) else { return nil }
    packed = first << 32 | second
  }

  static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }

  /// Packs a code in base 37 with no zero digit, so that no code equals a shorter one with zeros before it; 37^5 is
  /// below 2^27.
  private static func packed(_ code: some StringProtocol) -> UInt64? {
    guard (1...5).contains(code.utf8.count) else { return nil }
    var number: UInt64 = 0
    for byte in code.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number * 37 + UInt64(byte - UInt8(ascii: "0")) + 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): number = number * 37 + UInt64(byte - UInt8(ascii: "A")) + 11
      default: return nil
      }
    }
    return number
  }
}
