import ClaimsDomain
import Foundation
import StrictText

/// Reads the records of a CSV or tab-delimited file one by one, however long the file is. A quoted cell may contain
/// delimiters, doubled quotes, and line breaks. The first comma or tab outside quotes determines the delimiter.
struct DelimitedReader {
  let file: String
  private var window: ByteWindow
  private var line = 1
  private var delimiter: UInt8?
  private var rowCount = 0

  /// Limits on the input. The longest line of any published file is under 2 KB, and the longest file has two million
  /// NCCI pairs.
  static let cellLimit = 8_192
  static let cellCountLimit = 256
  static let rowLimit = 8_000_000

  init(_ source: any ClaimBytes, file: String) throws(PlanFileError) {
    self.file = file
    window = ByteWindow(of: source)
    // Spreadsheet programs write a byte order mark at the start of a file.
    if try peek() == 0xEF {
      try require(3)
      let start = window.unread.lowerBound
      if window.bytes[start...].prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]) { window.skip(3) }
    }
  }

  /// Returns the next record, or nil at the end of the file.
  ///
  /// - Throws: `PlanFileError` if a limit is exceeded, a quote is not closed, a value has a control character, or
  ///   reading fails.
  mutating func next() throws(PlanFileError) -> ReferenceRow? {
    guard try peek() != nil else { return nil }
    rowCount += 1
    guard rowCount <= Self.rowLimit else {
      throw error("the file has more than \(Self.rowLimit) rows", advice: "check that it is the file you meant")
    }
    let opened = line
    var cells: [String] = []
    while true {
      cells.append(try cell())
      guard cells.count <= Self.cellCountLimit else {
        throw error(
          "the row has more than \(Self.cellCountLimit) columns", advice: "check that it is a file of text in columns")
      }
      let end = try take()
      guard end == delimiter, end != nil else { break }
    }
    line += 1
    return ReferenceRow(file: file, line: opened, cells: cells)
  }

  /// Reads a cell up to the delimiter or line feed that ends it, and trims the blanks around it.
  private mutating func cell() throws(PlanFileError) -> String {
    var content: [UInt8] = []
    var isQuoted = false
    while let byte = try peek() {
      if isQuoted {
        window.skip(1)
        if byte == UInt8(ascii: "\"") {
          isQuoted = try peek() == byte
          guard isQuoted else { continue }
          window.skip(1)
        } else if byte == UInt8(ascii: "\n") {
          line += 1
        }
      } else {
        if delimiter == nil, byte == UInt8(ascii: "\t") || byte == UInt8(ascii: ",") { delimiter = byte }
        if byte == delimiter || byte == UInt8(ascii: "\n") { break }
        window.skip(1)
        if byte == UInt8(ascii: "\""), content.isEmpty {
          isQuoted = true
          continue
        }
      }
      content.append(byte)
      guard content.count <= Self.cellLimit else {
        throw error(
          "a value is longer than \(Self.cellLimit) bytes", advice: "check for a quote that is not closed before it")
      }
    }
    if isQuoted { throw error("a quote is opened and never closed", advice: "close it, or download the file again") }
    guard let text = Self.text(of: content) else {
      throw error(
        "a value holds a control character", advice: "check that it is a file of text, or download it again")
    }
    return text
  }

  /// Decodes a cell. CMS writes some files in Windows-1252 and others in UTF-8, and breaks the lines of some headings.
  /// Returns nil for text with any other control character, but empty text for a lone end-of-file mark, which some
  /// releases have.
  private static func text(of bytes: [UInt8]) -> String? {
    var content = bytes[...]
    while let first = content.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\r") {
      content = content.dropFirst()
    }
    while let last = content.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\r") {
      content = content.dropLast()
    }
    guard content.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return String(decoding: content, as: UTF8.self) }
    if content.elementsEqual([0x1A]) { return "" }
    let spaced = content.map { [0x09, 0x0A, 0x0D].contains($0) ? UInt8(ascii: " ") : $0 }
    let text = String(validating: spaced, as: UTF8.self) ?? String(bytes: spaced, encoding: .windowsCP1252)
    return text.flatMap { $0.holdsControl ? nil : $0.composed }
  }

  private mutating func take() throws(PlanFileError) -> UInt8? {
    let byte = try peek()
    window.skip(1)
    return byte
  }

  private mutating func peek() throws(PlanFileError) -> UInt8? {
    if window.unread.isEmpty { try require(1) }
    return window.unread.isEmpty ? nil : window.bytes[window.unread.lowerBound]
  }

  private mutating func require(_ count: Int) throws(PlanFileError) {
    do {
      try window.require(count)
    } catch {
      throw PlanFileError(file: file, reason: error.description, advice: "check the disk and the file's permissions")
    }
  }

  private func error(_ reason: String, advice: String) -> PlanFileError {
    PlanFileError(file: file, line: line, reason: reason, advice: advice)
  }
}

/// One record of a published file, with its line number. A published file contains nothing about people, so errors
/// quote it.
struct ReferenceRow {
  let file: String
  /// The line on which the record begins, from 1.
  let line: Int
  let cells: [String]

  var isBlank: Bool { cells.allSatisfy(\.isEmpty) }

  /// The text of a column; empty when the row has no such column.
  func text(_ column: Int?) -> String {
    guard let column, cells.indices.contains(column) else { return "" }
    return cells[column]
  }

  func require<Value>(_ column: Int?, _ name: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> Value {
    let text = text(column)
    guard let value = form.parse(text) else {
      throw error(
        "\(name) must be \(form.expectation), not \"\(text.prefix(40))\"",
        advice: "correct the row, or download the file again from CMS")
    }
    return value
  }

  func error(_ reason: String, advice: String) -> PlanFileError {
    PlanFileError(file: file, line: line, reason: reason, advice: advice)
  }
}
