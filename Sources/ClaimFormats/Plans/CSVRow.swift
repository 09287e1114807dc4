/// One row, by the names of its columns.
struct CSVRow {
  let file: String
  let line: Int
  let cells: [String: String]
  let showsValues: Bool

  func require<Value>(_ column: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> Value {
    guard let value = try value(column, form) else { throw error("\(column) must be \(form.expectation)") }
    return value
  }

  /// Nil when the cell is empty.
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
