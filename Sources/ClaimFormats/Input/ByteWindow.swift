/// A part of the input that slides forward. The unread bytes are always `bytes[unread]`.
struct ByteWindow {
  private let source: any ClaimBytes
  private var offset = 0
  private(set) var bytes: [UInt8]
  private(set) var unread = 0..<0
  /// Whether the source has no more bytes; `unread` may still hold some.
  private(set) var isAtEnd = false

  init(of source: any ClaimBytes, capacity: Int = 1 << 18) {
    self.source = source
    bytes = [UInt8](repeating: 0, count: capacity)
  }

  /// The position in the source of the first unread byte.
  var position: Int { offset - unread.count }

  mutating func skip(_ count: Int) {
    unread = min(unread.lowerBound + count, unread.upperBound)..<unread.upperBound
  }

  /// Reads until at least `count` bytes are unread or the source ends. `count` must be far below the capacity. Moves
  /// the unread bytes, so positions found earlier remain valid only relative to the start of `unread`.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  mutating func require(_ count: Int) throws(InputError) {
    while unread.count < count, !isAtEnd { try refill() }
  }

  /// - Throws: `InputError` when the source cannot be read.
  mutating func refill() throws(InputError) {
    if unread.lowerBound > 0 { slide() }
    guard unread.upperBound < bytes.count, !isAtEnd else { return }
    let (from, filled) = (offset, unread.upperBound)
    let source = source
    let count = try bytes.withUnsafeMutableBufferPointer { buffer throws(InputError) in
      try source.read(
        at: from, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[filled...])))
    }
    offset += count
    unread = 0..<filled + count
    isAtEnd = count == 0
  }

  private mutating func slide() {
    let kept = unread
    bytes.withUnsafeMutableBytes { buffer in
      UnsafeMutableRawBufferPointer(rebasing: buffer[..<kept.count]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: buffer[kept]))
    }
    unread = 0..<kept.count
  }
}

/// Bytes that can be read from any offset more than once, so that a whole file is checked before any of its claims is
/// acted on.
package protocol ClaimBytes: Sendable {
  /// Reads at most `buffer.count` bytes starting at `offset`.
  ///
  /// - Returns: The number of bytes read; 0 only at the end.
  /// - Throws: `InputError` when the system cannot continue reading.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}

/// Bytes already in memory, such as the body of a request or a text in a test.
package struct MemoryBytes: ClaimBytes {
  private let bytes: [UInt8]
  private let longestRead: Int

  /// - Parameter longestRead: The most bytes that one read returns, to imitate a slow pipe.
  package init(_ bytes: some Sequence<UInt8>, longestRead: Int = .max) {
    self.bytes = Array(bytes)
    self.longestRead = max(1, longestRead)
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = max(0, min(bytes.count - offset, buffer.count, longestRead))
    if count > 0 { buffer.copyBytes(from: bytes[offset..<offset + count]) }
    return count
  }
}
