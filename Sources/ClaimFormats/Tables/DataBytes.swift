import Foundation

/// Bytes of a file in memory, or mapped from one.
struct DataBytes: ClaimBytes {
  let data: Data

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = max(0, min(data.count - offset, buffer.count))
    if count > 0 {
      let start = data.startIndex + offset
      data.copyBytes(to: buffer, from: start..<start + count)
    }
    return count
  }
}
