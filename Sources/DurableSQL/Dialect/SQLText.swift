import DurableExecution

/// The text of one SQL statement. It knows which bytes are code and which belong to literals, quoted names or comments.
package struct SQLText {
  private let bytes: [UInt8]
  /// For each byte, whether it is neither in a literal nor in a quoted name nor in a comment.
  private let isCode: [Bool]

  package init(_ sql: String) {
    bytes = Array(sql.utf8)
    var isCode = [Bool](repeating: true, count: bytes.count)
    var position = 0
    while position < bytes.count {
      guard let end = Self.endOfQuoted(bytes, from: position) else {
        position += 1
        continue
      }
      for quoted in position..<end { isCode[quoted] = false }
      position = end
    }
    self.isCode = isCode
  }

  /// The statement with its numbered arguments marked as SQLite marks them: `?1` for `$1`.
  package var markedForSQLite: String {
    var marked = bytes
    for (position, byte) in bytes.enumerated() where byte == UInt8(ascii: "$") && isCode[position] {
      let isNumbered =
        position + 1 < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position + 1])
      if isNumbered { marked[position] = UInt8(ascii: "?") }
    }
    return String(decoding: marked, as: UTF8.self)
  }

  /// Whether the statement only reads, as far as its first word tells.
  var isSelect: Bool { firstWord == "SELECT" }

  /// - Throws: `StoreFailure.failed` for a text that is no statement, or that a database would cut off, or that would begin
  ///   or end the transaction.
  func refuseUnfit() throws(StoreFailure) {
    guard !bytes.contains(0) else { throw .failed("a statement has a NUL character") }
    guard !firstWord.isEmpty else { throw .failed("a statement is empty") }
    guard !Self.control.contains(firstWord) else {
      throw .failed("\(firstWord) cannot be run here: the transaction begins and ends with its closure")
    }
  }

  private static let control: Set = [
    "ABORT", "BEGIN", "COMMIT", "END", "PREPARE", "RELEASE", "ROLLBACK", "SAVEPOINT", "START",
  ]

  private var firstWord: String {
    let code = zip(bytes, isCode).lazy.filter(\.1).map(\.0)
    let word = code.drop { !Self.isLetter($0) }.prefix(while: Self.isLetter)
    return String(decoding: Array(word), as: UTF8.self).uppercased()
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The end of the literal, the quoted name or the comment that begins at a position; nil if none begins there.
  private static func endOfQuoted(_ bytes: [UInt8], from start: Int) -> Int? {
    let text = bytes[start...]
    for (open, close) in [("'", "'"), ("\"", "\""), ("`", "`"), ("--", "\n"), ("/*", "*/")]
    where text.starts(with: open.utf8) {
      let body = text.dropFirst(open.utf8.count)
      return body.firstRange(of: Array(close.utf8))?.upperBound ?? bytes.count
    }
    return nil
  }
}
