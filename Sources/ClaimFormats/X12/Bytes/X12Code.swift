/// A short code (a segment's name, a qualifier), packed so that comparing it takes one instruction and no String.
struct X12Code: Hashable, ExpressibleByStringLiteral {
  private var packed: UInt64

  static let empty = X12Code(packed: 0)
  /// A value too long to be a code; equal to no literal.
  static let long = X12Code(packed: .max)

  private init(packed: UInt64) {
    self.packed = packed
  }

  @inline(__always)
  init(stringLiteral value: StaticString) {
    var packed: UInt64 = 0
    for index in 0..<value.utf8CodeUnitCount { packed = packed << 8 | UInt64(value.utf8Start[index]) }
    self.packed = packed
  }

  /// Ignores surrounding blanks, which some systems use as padding.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    guard end - start <= 7 else {
      self = .long
      return
    }
    var packed: UInt64 = 0
    for index in start..<end { packed = packed << 8 | UInt64(bytes[index]) }
    self.packed = packed
  }

  /// Creates a code from a text or from the bytes of an element.
  init(_ bytes: some Sequence<UInt8>) {
    self = .empty
    for byte in bytes { append(byte) }
    self = trimmed
  }

  /// Creates a code from the bytes of an element, which has no blanks around it.
  @inline(__always)
  init(_ bytes: Span<UInt8>, inCapitals: Bool = false) {
    self = .empty
    for index in bytes.indices { append(inCapitals ? bytes[index].uppercased : bytes[index]) }
  }

  mutating func append(_ byte: UInt8) {
    packed = packed >> 48 == 0 ? packed << 8 | UInt64(byte) : Self.long.packed
  }

  /// The code without trailing blanks.
  var trimmed: X12Code {
    var packed = packed
    while self != .long, packed & 0xFF == UInt64(UInt8(ascii: " ")) { packed >>= 8 }
    return X12Code(packed: packed)
  }
}

extension X12Code: CustomStringConvertible {
  /// For messages. Bytes outside a safe range are replaced by `?`, since they come from outside.
  var description: String {
    guard self != .long else { return "?" }
    let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: packed >> ($0 * 8)) }.filter { $0 != 0 }
    return String(decoding: bytes.map { (0x30...0x5A).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}

/// Limits on the memory that one part of an untrusted file may take. Real claims stay far below each of them.
enum X12Limits {
  /// Bytes in one segment; the longest segments of an 837 (NTE, K3) are under 200.
  static let segmentLength = 1 << 16
  /// Elements in one segment; the widest segments of an 837 (CLM, SV2) have about 25.
  static let elementsPerSegment = 256
  /// Bytes in an ISA segment, which has 106 unless a system trimmed it.
  static let headerLength = 512
  /// Diagnoses kept per claim; the guides allow 12 (X222) and 25 (X223).
  static let diagnoses = 64
  /// The highest diagnosis that a line may point to (SV107; X222).
  static let diagnosisPointer = 12
  /// Lines of an address (N3 has two elements and is used once).
  static let addressLines = 4
  /// Characters of CLM01 (data element 1028).
  static let claimNumberLength = 38
  /// Other payers kept per claim or line; the guides allow 10 (loop 2320) and 15 (loop 2430). One more is kept, so that
  /// a truncated list does not balance.
  static let otherPayers = 15
  /// Adjustments kept per payer; the guides allow five groups of six (CAS).
  static let adjustments = 30
  /// Control numbers remembered per group or interchange, to find duplicates.
  static let controlNumbers = 100_000
  /// Faulty transactions remembered individually; beyond this, the rest of the file is not trusted.
  static let faults = 10_000
  /// Levels of one transaction remembered as possible parents.
  static let levels = 1_000
  /// Segment errors reported for one transaction.
  static let segmentErrors = 10_000
  /// Lines of a claim in an 835; the guide allows 999 (005010X221A1, loop 2110).
  static let linesPerRemittedClaim = 1_000
  /// Segments kept per claim in an 835: all its lines with about forty each.
  static let segmentsPerRemittedClaim = 40_000
  /// Segments per person in an 834; the guide allows 99 coverages (005010X220A1, loop 2300) with about forty each.
  static let segmentsPerMember = 4_000
  /// Characters kept of one element of an 835; the longest relevant elements have 80.
  static let remittanceText = 80
}
