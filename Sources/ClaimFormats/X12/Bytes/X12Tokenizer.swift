import Foundation

/// Splits a file into segments, one at a time and in constant memory, regardless of its length and of how its bytes
/// arrive.
///
/// Text before the first ISA is skipped. After that, every byte belongs to some segment, even between interchanges, so
/// no CLM is missed.
struct X12Tokenizer {
  private var window: ByteWindow
  private var delimiters: X12Delimiters?
  /// The bytes that the current segment takes up in the window, including its terminator.
  private var consumed = 0
  /// The range of the segment itself in the window's bytes.
  private var raw = 0..<0
  private var isTooLong = false

  /// Position of the current segment in the file, from 1.
  private(set) var number = 0
  /// Whether the current segment is an ISA, whose delimiters apply from here on.
  private(set) var beginsInterchange = false

  /// The offset in the source of the first byte after the current segment.
  var position: Int { window.position + consumed }

  init(_ source: any ClaimBytes) {
    window = ByteWindow(of: source)
  }

  /// Advances to the next segment; returns false at the end of the file.
  ///
  /// - Throws: `InputError` when the source cannot be read.
  mutating func advance() throws(InputError) -> Bool {
    window.skip(consumed)
    consumed = 0
    beginsInterchange = false
    guard let delimiters else { return try findFirstHeader() }
    if isTooLong { try skipRest(delimiters.segment) }
    guard try skipBlanks() else { return false }
    number += 1
    if try startsHeader() { return true }
    try findEnd(delimiters.segment)
    return true
  }

  /// The current segment's name, read without filling a whole segment.
  var name: X12Code {
    guard let delimiters else { return .empty }
    return window.bytes.withUnsafeBufferPointer { bytes in
      var letters = X12Code.empty
      for byte in UnsafeBufferPointer(rebasing: bytes[raw]).prefix(16) {
        let mapped = delimiters.canonical[Int(byte)]
        if mapped == X12Delimiters.Canonical.element { break }
        if mapped > X12Delimiters.Canonical.intruder { letters.append(mapped) }
      }
      return letters.trimmed
    }
  }

  func read(into segment: inout X12Segment) {
    guard let delimiters else { return }
    window.bytes.withUnsafeBytes { bytes in
      segment.fill(
        from: UnsafeRawBufferPointer(rebasing: bytes[raw]), delimiters: delimiters, number: number,
        isTooLong: isTooLong)
    }
  }

  private mutating func findFirstHeader() throws(InputError) -> Bool {
    // At the very beginning, a header may be malformed. Further on, only a well-formed one can be distinguished from
    // prose.
    guard try skipBlanks() else { return false }
    number = 1
    if try startsHeader() { return true }
    while true {
      try window.require(X12Limits.headerLength)
      // A position too near the window's end cannot be judged until more bytes arrive.
      let certain = window.isAtEnd ? window.unread.count : window.unread.count - X12Limits.headerLength + 1
      if let start = firstHeader(before: certain) {
        window.skip(start)
        return try startsHeader()
      }
      window.skip(certain)
      if window.isAtEnd { return false }
    }
  }

  /// Returns the offset of the first header, relative to the unread bytes.
  private func firstHeader(from: Int = 0, before end: Int) -> Int? {
    window.bytes.withUnsafeBytes { bytes in
      X12Header.first(in: UnsafeRawBufferPointer(rebasing: bytes[window.unread]), range: from..<end)
    }
  }

  private mutating func startsHeader() throws(InputError) -> Bool {
    try window.require(4)
    let start = window.unread.lowerBound
    guard window.unread.count > 3, window.bytes[start] == UInt8(ascii: "I"),
      window.bytes[start + 1] == UInt8(ascii: "S"), window.bytes[start + 2] == UInt8(ascii: "A")
    else { return false }
    try window.require(X12Limits.headerLength)
    let header = window.bytes.withUnsafeBytes {
      X12Header(in: UnsafeRawBufferPointer(rebasing: $0[window.unread]), at: 0)
    }
    guard let header else { return false }
    delimiters = header.delimiters
    raw = window.unread.lowerBound..<window.unread.lowerBound + header.length
    consumed = header.lengthWithTerminator
    beginsInterchange = true
    return true
  }

  /// Skips line breaks, indentation, empty segments, and byte order marks. Returns false at the end of the file.
  private mutating func skipBlanks() throws(InputError) -> Bool {
    while true {
      var next = window.unread.lowerBound
      while next < window.unread.upperBound, isBlank(window.bytes[next]) { next += 1 }
      window.skip(next - window.unread.lowerBound)
      if window.unread.first.map({ window.bytes[$0] }) == 0xEF {
        try window.require(3)
        if window.bytes[window.unread].starts(with: [0xEF, 0xBB, 0xBF]) {
          window.skip(3)
          continue
        }
      }
      if !window.unread.isEmpty { return true }
      if window.isAtEnd { return false }
      try window.refill()
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    guard let delimiters else { return byte <= UInt8(ascii: " ") }
    return byte == delimiters.segment || (byte <= UInt8(ascii: " ") && byte != delimiters.element)
  }

  private mutating func findEnd(_ terminator: UInt8) throws(InputError) {
    isTooLong = false
    var searched = 0
    while true {
      let found = index(of: terminator, from: searched)
      if found == nil, !window.isAtEnd, window.unread.count <= X12Limits.segmentLength {
        searched = window.unread.count
        try window.refill()
        continue
      }
      let length = min(found ?? window.unread.count, X12Limits.segmentLength)
      if mayHideHeader(length), let header = try hiddenHeader(before: length) {
        finish(length: header, consuming: header)
      } else {
        isTooLong = (found ?? window.unread.count) > X12Limits.segmentLength
        finish(length: length, consuming: found.map { isTooLong ? length : $0 + 1 } ?? length)
      }
      return
    }
  }

  private mutating func finish(length: Int, consuming count: Int) {
    raw = window.unread.lowerBound..<window.unread.lowerBound + length
    consumed = count
  }

  private func index(of terminator: UInt8, from start: Int) -> Int? {
    window.bytes.withUnsafeBytes {
      UnsafeRawBufferPointer(rebasing: $0[window.unread]).firstIndex(ofByte: terminator, from: start)
    }
  }

  /// Whether a segment may contain the ISA of the next interchange, which may have other delimiters, because its own
  /// interchange was cut off. Such a segment is longer than nearly all others, or ends in the letters ISA because the
  /// next interchange's element separator is our terminator.
  private func mayHideHeader(_ length: Int) -> Bool {
    let end = window.unread.lowerBound + length
    return length >= 60
      || (length > 3 && window.bytes[end - 1] == UInt8(ascii: "A") && window.bytes[end - 2] == UInt8(ascii: "S")
        && window.bytes[end - 3] == UInt8(ascii: "I"))
  }

  private mutating func hiddenHeader(before length: Int) throws(InputError) -> Int? {
    try window.require(length + X12Limits.headerLength)
    return firstHeader(from: 1, before: length)
  }

  /// Skips the rest of a segment past its length limit, up to its terminator or the ISA of another interchange.
  private mutating func skipRest(_ terminator: UInt8) throws(InputError) {
    isTooLong = false
    while true {
      try window.require(X12Limits.headerLength)
      let certain = window.isAtEnd ? window.unread.count : window.unread.count - X12Limits.headerLength + 1
      let found = index(of: terminator, from: 0)
      let end = min(found.map { $0 + 1 } ?? certain, certain)
      if let header = firstHeader(before: end) {
        window.skip(header)
        return
      }
      window.skip(end)
      if window.isAtEnd || found.map({ $0 + 1 == end }) == true { return }
    }
  }
}

extension UnsafeRawBufferPointer {
  func firstIndex(ofByte byte: UInt8, from start: Int) -> Int? {
    guard let baseAddress, start < count, let found = memchr(baseAddress + start, Int32(byte), count - start) else {
      return nil
    }
    return UnsafeRawPointer(found) - baseAddress
  }
}
