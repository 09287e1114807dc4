import ClaimFormats
import DurableExecution

extension ClaimBytes {
  /// Returns all bytes; nil if there are more than the limit.
  func all(upTo limit: Int) throws(InputError) -> [UInt8]? {
    var (content, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 18))
    while true {
      let offset = content.count
      let count = try buffer.withUnsafeMutableBufferPointer { buffer throws(InputError) in
        try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      }
      guard count > 0 else { return content }
      content += buffer[..<count]
      guard content.count <= limit else { return nil }
    }
  }

  /// Returns the digest of all bytes, or of those that were read when `givesUp` returned true.
  func sha256(givesUp: () -> Bool) throws(InputError) -> String {
    var digest = RunningDigest()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 1)
    defer { buffer.deallocate() }
    var offset = 0
    while !givesUp() {
      let count = try read(at: offset, into: buffer)
      guard count > 0 else { break }
      digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += count
    }
    return digest.sha256
  }
}
