/// Bytes that can be read from any place more than once, so that a file is checked as a whole before any claim in it
/// is acted upon.
package protocol ClaimBytes: Sendable {
  /// Reads at most `buffer.count` bytes that begin at `offset`.
  ///
  /// - Returns: how many bytes were read; 0 only at the end.
  /// - Throws: `InputError` when the system cannot read on.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}
