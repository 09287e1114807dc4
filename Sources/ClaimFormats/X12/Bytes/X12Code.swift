/// A short code of an element (a segment's name, a qualifier), packed so that comparing it costs one instruction and
/// no String.
struct X12Code: Hashable, ExpressibleByStringLiteral {
  private var packed: UInt64

  static let empty = X12Code(packed: 0)
  /// What is too long to be a code; equal to no literal.
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

  /// Blanks round it, with which some systems pad, are no part of it.
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

  /// The code in a text or in the bytes of an element.
  init(_ bytes: some Sequence<UInt8>) {
    self = .empty
    for byte in bytes { append(byte) }
    self = trimmed
  }

  mutating func append(_ byte: UInt8) {
    packed = packed >> 48 == 0 ? packed << 8 | UInt64(byte) : Self.long.packed
  }

  /// Without blanks at the end.
  var trimmed: X12Code {
    var packed = packed
    while self != .long, packed & 0xFF == UInt64(UInt8(ascii: " ")) { packed >>= 8 }
    return X12Code(packed: packed)
  }
}

extension X12Code: CustomStringConvertible {
  /// For messages: letters and digits only, since the bytes come from outside.
  var description: String {
    guard self != .long else { return "?" }
    let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: packed >> ($0 * 8)) }.filter { $0 != 0 }
    return String(decoding: bytes.map { (0x30...0x5A).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
