/// An ISA segment found in the bytes.
struct X12Header: Hashable {
  let delimiters: X12Delimiters
  /// The number of bytes before the segment terminator, and the number including it.
  let length: Int
  let lengthWithTerminator: Int
  /// Whether the elements of fixed length have that length. Text that merely looks like a header does not.
  let isWellFormed: Bool

  /// Reads the header that begins at `start`. Elements need not have their fixed width, since mail systems trim blanks.
  ///
  /// Returns nil when there are fewer than 16 elements within reach or the separators are not usable.
  init?(in bytes: UnsafeRawBufferPointer, at start: Int) {
    let end = min(bytes.count, start + X12Limits.headerLength)
    guard start + 4 < end, bytes[start] == UInt8(ascii: "I"), bytes[start + 1] == UInt8(ascii: "S"),
      bytes[start + 2] == UInt8(ascii: "A")
    else { return nil }
    let element = bytes[start + 3]
    guard Self.mayDelimit(element) else { return nil }

    var ends: [Int] = []
    var next = start + 3
    while ends.count < 16 {
      guard let found = bytes[next..<end].firstIndex(of: element) else { return nil }
      ends.append(found)
      next = found + 1
    }
    guard next + 1 < end else { return nil }
    let (component, terminator) = (bytes[next], bytes[next + 1])
    let isLineEnd = terminator == UInt8(ascii: "\r") || terminator == UInt8(ascii: "\n")
    guard Self.mayDelimit(component), component != element, isLineEnd || Self.mayDelimit(terminator),
      terminator != element, terminator != component
    else { return nil }

    // A CR LF terminator is read as LF, with the CR before it as white space.
    let isTwoBytes = terminator == UInt8(ascii: "\r") && next + 2 < end && bytes[next + 2] == UInt8(ascii: "\n")
    let segment = isTwoBytes ? UInt8(ascii: "\n") : terminator
    delimiters = X12Delimiters(
      element: element, component: component,
      repetition: Self.repetition(bytes[ends[10] + 1..<ends[11]], besides: [element, component, segment]),
      segment: segment)
    length = next + 1 - start
    lengthWithTerminator = length + (isTwoBytes ? 2 : 1)
    let widths = (1...15).map { ends[$0] - ends[$0 - 1] - 1 }
    isWellFormed = widths[0] == 2 && widths[2] == 2 && widths[11] == 5 && widths[13] == 1 && widths[14] == 1
  }

  /// ISA11 was the letter U before version 00402. Some senders repeat another delimiter there, which is then not taken
  /// as the repetition separator.
  private static func repetition(_ isa11: Slice<UnsafeRawBufferPointer>, besides taken: [UInt8]) -> UInt8? {
    guard isa11.count == 1, let byte = isa11.first, mayDelimit(byte), !taken.contains(byte) else { return nil }
    return byte
  }

  private static func mayDelimit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "\r"), UInt8(ascii: "\n"), 0, 0x80...0xFF:
      false
    default: true
    }
  }

  /// Returns the start of the first well-formed header that begins in `range`; the header may extend past the range.
  static func first(in bytes: UnsafeRawBufferPointer, range: Range<Int>) -> Int? {
    let reach = UnsafeRawBufferPointer(rebasing: bytes[..<min(range.upperBound, bytes.count)])
    var from = range.lowerBound
    while let start = reach.firstIndex(ofByte: UInt8(ascii: "I"), from: from) {
      if let header = X12Header(in: bytes, at: start), header.isWellFormed { return start }
      from = start + 1
    }
    return nil
  }
}
