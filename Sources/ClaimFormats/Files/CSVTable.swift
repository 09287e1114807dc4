import StrictText

/// A comma-separated file with a header (RFC 4180). Each row knows its line number.
struct CSVTable {
  let rows: [CSVRow]
  /// The values of the lines that are no rows of the table, since they have an error.
  let strayValues: Set<String>
  private let faults: FaultList

  /// - Parameters:
  ///   - columns: the columns that the file must have.
  ///   - optional: the columns that it may have.
  ///   - showsValues: Whether errors may quote the file's values; false for files about people.
  ///   - faults: Receives the errors of the header and of rows.
  /// - Throws: `PlanFileError` when the header does not say which value is which, so that no row can be read.
  init(
    _ file: SourceFile, columns: [String], optional: [String] = [], showsValues: Bool, _ faults: FaultList
  ) throws(PlanFileError) {
    try Self.refuseForeignForm(of: file)
    var records = CSVRecords(file).all()
    guard !records.isEmpty else { throw PlanFileError(file: file.name, reason: "the file is empty") }
    let header = records.removeFirst()
    if let error = header.error { throw error }
    let names = try CSVHeader(file: file.name, line: header.line, cells: header.cells, showsValues: showsValues)
      .names(columns, optional: optional, faults)
    self.faults = faults
    var rows: [CSVRow] = []
    var strayValues: Set<String> = []
    for record in records {
      if let error = record.error ?? Self.wrongCount(record, header, of: file) {
        faults.note(error)
        strayValues.formUnion(record.cells)
        continue
      }
      let cells = Dictionary(uniqueKeysWithValues: zip(names, record.cells))
      rows.append(CSVRow(file: file.name, line: record.line, cells: cells, showsValues: showsValues))
    }
    self.rows = rows
    self.strayValues = strayValues
  }

  private static func wrongCount(
    _ record: CSVRecords.Record, _ header: CSVRecords.Record, of file: SourceFile
  ) -> PlanFileError? {
    guard record.cells.count != header.cells.count else { return nil }
    return PlanFileError(
      file: file.name, line: record.line,
      reason: "the row has \(record.cells.count) values, and the header \(header.cells.count) columns")
  }

  /// Recognizes what spreadsheet programs save in place of a table with commas.
  private static func refuseForeignForm(of file: SourceFile) throws(PlanFileError) {
    func error(_ reason: String) -> PlanFileError {
      PlanFileError(file: file.name, reason: reason, advice: "save it as CSV in UTF-8, with commas between the values")
    }
    if file.isSpreadsheet { throw error("the file is a spreadsheet, not CSV") }
    if file.bytes.starts(with: [0xFF, 0xFE]) || file.bytes.starts(with: [0xFE, 0xFF]) {
      throw error("the file is UTF-16 text")
    }
    let header = CSVRecords.header(of: file)
    if header.contains(",") { return }
    if header.contains(";") { throw error("its values are separated by semicolons") }
    if header.contains("\t") { throw error("its values are separated by tabs") }
  }

  /// Reads every row, and goes on after one with an error.
  func read<Value>(_ row: (CSVRow) throws(PlanFileError) -> Value) -> [Value] {
    rows.compactMap { current in faults.attempt { () throws(PlanFileError) in try row(current) } }
  }
}

/// The first line of a table: the names of its columns, in any order.
private struct CSVHeader {
  let file: String
  let line: Int
  let cells: [String]
  /// Whether errors may quote the names. A row of a file about people may stand where the header should.
  let showsValues: Bool

  /// Returns the columns' names, the mistyped ones put right so that the rows below them can be checked.
  ///
  /// - Parameter faults: Receives what is wrong with the names.
  /// - Throws: `PlanFileError` when a column is there twice.
  func names(
    _ columns: [String], optional: [String], _ faults: FaultList
  ) throws(PlanFileError) -> [String] {
    let all = columns + optional
    let unknown = cells.filter { !all.contains($0) }
    guard unknown.count < cells.count else {
      throw error("the first line names none of the columns", advice: "begin with \(columns.joined(separator: ","))")
    }
    let (known, required) = (NearestWord(known: all), NearestWord(known: columns))
    var errors = unknown.map { name in
      let isShown = showsValues || known.nearest(to: name) != nil
      return error("unknown column" + (isShown ? " \"\(name)\"" : ""), advice: known.advice(for: name))
    }
    let meant = cells.map { all.contains($0) ? $0 : required.nearest(to: $0) ?? $0 }
    let missing = columns.filter { !meant.contains($0) }
    errors += missing.map { error("there is no column \"\($0)\"") }
    if Set(cells).count != cells.count { errors.append(error("a column is there twice")) }
    if Set(meant).count != meant.count, let all = PlanFileError.all(of: errors) { throw all }
    errors.forEach(faults.note)
    return meant
  }

  private func error(_ reason: String, advice: String? = nil) -> PlanFileError {
    PlanFileError(file: file, line: line, reason: reason, advice: advice)
  }
}

/// One row, with its cells by column name.
struct CSVRow {
  let file: String
  let line: Int
  let cells: [String: String]
  let showsValues: Bool

  func require<Value>(_ column: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> Value {
    guard has(column) else { throw .missingColumn(column, in: file) }
    guard let value = try value(column, form) else { throw error("\(column) must be \(form.expectation)") }
    return value
  }

  /// Whether the table has a column.
  func has(_ column: String) -> Bool { cells[column] != nil }

  /// The value of a column; nil when the cell is empty.
  func value<Value>(_ column: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> Value? {
    guard let text = cells[column], !text.isEmpty else { return nil }
    guard let value = form.parse(text) else {
      throw error("\(column) must be \(form.expectation)" + (showsValues ? ", not \"\(text)\"" : ""))
    }
    return value
  }

  func error(_ reason: String, advice: String? = nil) -> PlanFileError {
    PlanFileError(file: file, line: line, reason: reason, advice: advice)
  }
}

/// The values of one row. Reading goes on after an error, so that a row tells all of its errors at once.
struct CSVFields {
  let row: CSVRow
  private let faults = FaultList()

  init(_ row: CSVRow) {
    self.row = row
  }

  func require<Value>(_ column: String, _ form: ScalarForm<Value>) -> Value? {
    read { () throws(PlanFileError) in try row.require(column, form) }
  }

  /// The value of a column; nil also when the cell is empty.
  func value<Value>(_ column: String, _ form: ScalarForm<Value>) -> Value? {
    read { () throws(PlanFileError) in try row.value(column, form) }.flatMap(\.self)
  }

  func read<Value>(_ value: () throws(PlanFileError) -> Value) -> Value? { faults.attempt(value) }

  func note(_ reason: String, advice: String? = nil) { faults.note(row.error(reason, advice: advice)) }

  /// Returns what was read.
  ///
  /// - Parameter value: nil only if an error was noted.
  /// - Throws: `PlanFileError` with all errors.
  func result<Value>(_ value: Value?) throws(PlanFileError) -> Value { try faults.result(value) }
}

/// Splits the bytes of a CSV file into records and counts lines. A quoted cell may contain commas and doubled quotes, but no
/// line break, which no value of ours has, so that a quote that is never closed takes in no other row. Lines before the first record that begin with `#` are comments; below it, nothing is.
struct CSVRecords {
  struct Record {
    /// The line on which the record begins, from 1.
    var line: Int
    /// The values. If the record has an error, they are split at its commas as well as that can be done.
    var cells: [String]
    var error: PlanFileError?
  }

  private let file: SourceFile
  private var position: Int
  private var line = 1

  init(_ file: SourceFile) {
    self.file = file
    // Spreadsheet programs write a byte order mark at the start of a file.
    position = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while peek() == UInt8(ascii: "#") {
      position += file.bytes[position...].prefix { $0 != UInt8(ascii: "\n") }.count + 1
      line += 1
    }
  }

  /// The beginning of the first line that is no comment, in lowercase.
  static func header(of file: SourceFile) -> String {
    let rest = file.bytes[min(CSVRecords(file).position, file.bytes.count)...]
    return String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }.prefix(4_096), as: UTF8.self).lowercased()
  }

  /// All records except blank lines, and lines of commas alone, which spreadsheet programs write for empty rows.
  func all() -> [Record] {
    var reader = self
    var records: [Record] = []
    while reader.position < file.bytes.count {
      let record = reader.next()
      if record.error != nil || !record.cells.allSatisfy(\.isEmpty) { records.append(record) }
    }
    return records
  }

  private mutating func next() -> Record {
    var record = Record(line: line, cells: [])
    while true {
      let first = position
      do throws(PlanFileError) {
        record.cells.append(try cell())
      } catch {
        record.error = record.error ?? error
        // A quote that is never closed takes in the rest of its line.
        let content = file.bytes[first..<min(position, file.bytes.count)]
        let parts = content.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\r") }
        record.cells += parts.map { part in
          String(decoding: part.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
            .trimmingPrefix { $0.isWhitespace }.trimmedEnd
        }
      }
      let end = peek()
      position += 1
      guard end == UInt8(ascii: ",") else { break }
    }
    line += 1
    return record
  }

  /// Reads a cell up to the comma or line feed that ends it, and trims the whitespace around it.
  private mutating func cell() throws(PlanFileError) -> String {
    let opened = line
    var content: [UInt8] = []
    while let byte = peek(), byte != UInt8(ascii: ","), byte != UInt8(ascii: "\n") {
      position += 1
      if byte == UInt8(ascii: "\""), content.isEmpty {
        content += try quoted()
      } else {
        content.append(byte)
      }
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw PlanFileError(
        file: file.name, line: line, reason: "the line is not UTF-8 text", advice: "save the file as CSV in UTF-8")
    }
    let value = text.trimmingPrefix { $0.isWhitespace }.trimmedEnd
    guard !value.holdsControl else {
      throw PlanFileError(
        file: file.name, line: opened, reason: "a value holds a line break or another control character",
        advice: "write it without")
    }
    return value.composed
  }

  /// Reads the rest of a quoted text after its opening quote. A doubled quote inside means one quote.
  private mutating func quoted() throws(PlanFileError) -> [UInt8] {
    var content: [UInt8] = []
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard peek() == byte else { return content }
        position += 1
      }
      content.append(byte)
    }
    throw PlanFileError(
      file: file.name, line: line, reason: "a quote is opened and not closed on its line",
      advice: "double it or leave it out")
  }

  private func peek() -> UInt8? { position < file.bytes.count ? file.bytes[position] : nil }
}

extension Substring {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
