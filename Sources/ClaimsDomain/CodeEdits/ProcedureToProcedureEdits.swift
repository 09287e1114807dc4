/// All NCCI procedure-to-procedure edits of a setting, sorted, so that two million of them take little room and a pair
/// is found by halving.
package struct ProcedureToProcedureEdits: Sendable {
  private let rows: [Row]

  private struct Row {
    let pair: ProcedurePair
    let first: Int32
    let last: Int32
    let modifierIndicator: ProcedureToProcedureEdit.ModifierIndicator
  }

  /// Edits that were never in force are left out.
  package init(_ edits: some Sequence<ProcedureToProcedureEdit>) {
    var rows: [Row] = []
    for edit in edits {
      guard let days = edit.days, let pair = ProcedurePair(edit.column1, edit.column2) else { continue }
      rows.append(
        Row(
          pair: pair, first: Int32(days.first.dayNumber), last: Int32(days.last.dayNumber),
          modifierIndicator: edit.modifierIndicator))
    }
    rows.sort { ($0.pair, $0.first) < ($1.pair, $1.first) }
    self.rows = rows
  }

  package var count: Int { rows.count }

  /// The edit in force on a day against paying `column2` beside `column1`; nil when there is none.
  package func modifierIndicator(
    column1: String, column2: String, on day: CalendarDate
  ) -> ProcedureToProcedureEdit.ModifierIndicator? {
    guard !rows.isEmpty, let pair = ProcedurePair(column1, column2) else { return nil }
    let number = Int32(day.dayNumber)
    var index = firstIndex(of: pair)
    while index < rows.endIndex, rows[index].pair == pair {
      if rows[index].first <= number, number <= rows[index].last { return rows[index].modifierIndicator }
      index += 1
    }
    return nil
  }

  private func firstIndex(of pair: ProcedurePair) -> Int {
    var (low, high) = (rows.startIndex, rows.endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if rows[middle].pair < pair { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
