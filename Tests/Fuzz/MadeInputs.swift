/// Corrects the segment counts, so that a changed transaction is complete again.
enum X12Counts {
  static func mended(_ bytes: [UInt8]) -> [UInt8] {
    var count = 0
    let segments = bytes.split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false).map { segment in
      let text = segment.drop { $0 <= 0x20 }
      count = text.starts(with: Array("ST*".utf8)) ? 1 : count + 1
      guard text.starts(with: Array("SE*".utf8)) else { return Array(segment) }
      let control = text.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).dropFirst(2).first ?? []
      return Array("\nSE*\(count)*".utf8) + control
    }
    return Array(segments.joined(separator: [UInt8(ascii: "~")]))
  }
}

/// A zip archive of one uncompressed file.
enum StoredZip {
  static func archive(of content: [UInt8], named name: String) -> [UInt8] {
    let name = Array(name.utf8)
    let sizes =
      word(checksum(of: content)) + word(UInt32(content.count)) + word(UInt32(content.count)) + half(name.count)
    let local = word(0x0403_4B50) + half(20) + half(0) + half(0) + word(0) + sizes + half(0) + name + content
    let entry =
      word(0x0201_4B50) + half(20) + half(20) + half(0) + half(0) + word(0) + sizes
      + half(0) + half(0) + half(0) + half(0) + word(0) + word(0) + name
    let end =
      word(0x0605_4B50) + word(0) + half(1) + half(1) + word(UInt32(entry.count)) + word(UInt32(local.count)) + half(0)
    return local + entry + end
  }

  private static func half(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }

  private static func word(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
  }

  /// Computes CRC-32 bit by bit.
  private static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }
}
