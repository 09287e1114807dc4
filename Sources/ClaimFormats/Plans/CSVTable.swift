/// A comma-separated file with a header (RFC 4180), of which every row knows its line.
struct CSVTable {
  let rows: [CSVRow]

  /// - Parameter showsValues: Whether errors may quote what is written; false for files about people.
  init(_ file: SourceFile, columns: [String], showsValues: Bool) throws(PlanFileError) {
    var records = try CSVRecords(file).all()
    guard !records.isEmpty else { throw PlanFileError(file: file.name, reason: "the file is empty") }
    let header = records.removeFirst()
    for name in header.cells {
      guard columns.contains(name) else {
        let advice = NearestWord(known: columns).advice(for: name)
        throw PlanFileError(file: file.name, line: header.line, reason: "unknown column \"\(name)\"", advice: advice)
      }
    }
    if let missing = columns.first(where: { !header.cells.contains($0) }) {
      throw PlanFileError(file: file.name, line: header.line, reason: "there is no column \"\(missing)\"")
    }
    guard Set(header.cells).count == header.cells.count else {
      throw PlanFileError(file: file.name, line: header.line, reason: "a column is there twice")
    }
    rows = try records.map { record throws(PlanFileError) in
      guard record.cells.count == header.cells.count else {
        throw PlanFileError(
          file: file.name, line: record.line,
          reason: "the row has \(record.cells.count) values, and the header \(header.cells.count) columns")
      }
      let cells = Dictionary(uniqueKeysWithValues: zip(header.cells, record.cells))
      return CSVRow(file: file.name, line: record.line, cells: cells, showsValues: showsValues)
    }
  }
}
