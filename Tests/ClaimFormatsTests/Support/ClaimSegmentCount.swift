/// Counts CLM segments without the reader: each interchange under its own separators, up to the next ISA.
enum ClaimSegmentCount {
  static func count(in bytes: [UInt8]) -> Int {
    var starts = bytes.indices.dropLast(3).filter { index in
      bytes[index..<index + 3].elementsEqual("ISA".utf8) && isSeparator(bytes[index + 3])
    }
    starts.append(bytes.count)
    return zip(starts, starts.dropFirst()).reduce(0) { $0 + count(inInterchange: Array(bytes[$1.0..<$1.1])) }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    let isLetterOrDigit = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    return !isLetterOrDigit && ![0x20, 0x0D, 0x0A].contains(byte)
  }

  private static func count(inInterchange bytes: [UInt8]) -> Int {
    let element = bytes[3]
    let separators = bytes.indices.filter { bytes[$0] == element }
    guard separators.count >= 16, separators[15] + 2 < bytes.count else { return 0 }
    var terminator = bytes[separators[15] + 2]
    if terminator == 0x0D, separators[15] + 3 < bytes.count, bytes[separators[15] + 3] == 0x0A { terminator = 0x0A }
    return bytes.split(separator: terminator).count { segment in
      // A segment cut off right after its name still counts as a CLM.
      let trimmed = segment.drop { $0 <= 0x20 || $0 == 0x7F }
      return trimmed.starts(with: Array("CLM".utf8) + [element]) || trimmed.elementsEqual("CLM".utf8)
    }
  }
}
