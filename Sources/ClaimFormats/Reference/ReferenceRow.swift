/// One record of a published file, which knows its line. A published file says nothing about a person, so errors quote it.
struct ReferenceRow {
  let file: String
  /// Where it begins, from 1.
  let line: Int
  let cells: [String]

  var isBlank: Bool { cells.allSatisfy(\.isEmpty) }

  /// Empty where the row has no such column.
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
