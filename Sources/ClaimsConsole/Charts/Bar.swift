import Foundation

/// One row of a bar chart. The value is also shown as a number, so the chart can be read without the bar.
struct Bar: Sendable {
  let label: String
  let value: String
  /// The bar's length of 100.
  let length: Int
  /// Where the row leads to; nil if nowhere.
  let path: String?

  /// Makes the rows of a chart whose longest bar is full.
  ///
  /// - Parameter limit: where counting has stopped; a greater count is shown as `10,000+`.
  static func chart(_ rows: [(label: String, count: Int, path: String?)], upTo limit: Int = .max) -> [Bar] {
    let most = max(rows.map(\.count).max() ?? 0, 1)
    return rows.map { row in
      // A count that is not zero shows.
      let length = row.count == 0 ? 0 : max(1, row.count * 100 / most)
      return Bar(
        label: row.label, value: row.count > limit ? "\(limit.grouped)+" : row.count.grouped, length: length,
        path: row.path)
    }
  }
}

/// A chart of columns, one for each day.
struct DayColumns: Sendable {
  struct Column: Sendable {
    let x: Int
    let y: Int
    let height: Int
    let label: String
    let name: String
  }

  let columns: [Column]
  let width: Int

  private static let height = 80
  private static let step = 24

  init(_ days: [(name: String, label: String, count: Int)]) {
    let most = max(days.map(\.count).max() ?? 0, 1)
    columns = days.enumerated().map { index, day in
      let height = day.count == 0 ? 0 : max(2, day.count * Self.height / most)
      return Column(
        x: index * Self.step + 4, y: Self.height - height, height: height, label: "\(day.name): \(day.label)",
        name: String(day.name.suffix(5)))
    }
    width = max(days.count, 10) * Self.step
  }
}

extension Int {
  /// The number with commas: `12,345`.
  var grouped: String { formatted(.number.locale(.init(identifier: "en_US"))) }
}
