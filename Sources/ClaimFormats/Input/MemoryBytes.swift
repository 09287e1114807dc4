/// Bytes already in memory: the body of a request, or a text in a test.
package struct MemoryBytes: ClaimBytes {
  private let bytes: [UInt8]
  private let longestRead: Int

  /// - Parameter longestRead: no read gives more bytes than this, as a slow pipe would not.
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
