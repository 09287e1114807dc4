import StrictText

/// Counts the lines of a source, so that a person finds a byte of it. Places are asked for in order, and the source is read
/// once more for all of them.
struct LineCount {
  private let source: any ClaimBytes
  private var offset = 0
  private var (line, column) = (1, 1)

  init(of source: any ClaimBytes) {
    self.source = source
  }

  /// Returns the place of the byte at an offset, which is not before that of the last call.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  mutating func place(of target: Int) throws(InputError) -> TextPlace {
    while offset < target {
      let bytes = try source.bytes(in: offset..<min(target, offset + Self.step))
      guard !bytes.isEmpty else { break }
      // No editor shows a byte order mark.
      let hasMark = offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
      for byte in bytes.dropFirst(hasMark ? 3 : 0) {
        if byte == UInt8(ascii: "\n") {
          (line, column) = (line + 1, 1)
        } else if byte & 0xC0 != 0x80 {
          // The other bytes of a character follow its first.
          column += 1
        }
      }
      offset += bytes.count
    }
    return TextPlace(line: line, column: column)
  }

  private static let step = 1 << 16
}
