import ClaimFormats
import Synchronization

/// Bytes that know how far they were read last, for progress.
final class MeteredBytes: ClaimBytes {
  private let bytes: any ClaimBytes
  private let reached = Atomic<Int>(0)

  init(_ bytes: any ClaimBytes) {
    self.bytes = bytes
  }

  /// The end of the last read, from the beginning.
  var position: Int { reached.load(ordering: .relaxed) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = try bytes.read(at: offset, into: buffer)
    reached.store(offset + count, ordering: .relaxed)
    return count
  }
}
