import DurableExecution
import DurableSQL
import PostgresDriver

/// Rows of arguments that one statement takes together: the values of a column are one argument, an array.
struct PostgresRowSet {
  /// The name to prepare the statement under.
  let name: String
  let sql: String
  let arguments: PostgresArguments
  let rows: Range<Int>

  /// The maximum size of the rows of one set, in bytes: it has to fit into one write (`PostgresWire`).
  private static let limit = 7_000

  /// Returns the rows in sets, in their order.
  ///
  /// - Throws: `StoreFailure.data` for a text that PostgreSQL cannot hold.
  static func sets(
    of rows: [[SQLValue]], for form: RowsForm, named name: String
  ) throws(StoreFailure) -> [PostgresRowSet] {
    let columns = (rows.first ?? []).indices.map { column in
      rows.lazy.compactMap { $0[column].elementType }.first
    }
    let marks = columns.map { $0?.name.prefix(2) ?? "-" }.joined()
    let arrays = columns.compactMap(\.self).enumerated().map { "$\($0 + 1)::\($1.name)[]" }
    let sql = form.text(columns.map { $0 != nil }, rows: "unnest(\(arrays.joined(separator: ", ")))")
    var sets: [PostgresRowSet] = []
    var start = rows.startIndex
    while start < rows.endIndex {
      var (end, size) = (start, 0)
      repeat {
        size += rows[end].reduce(0) { $0 + $1.size }
        end += 1
      } while end < rows.endIndex && size + rows[end].reduce(0) { $0 + $1.size } <= limit
      var arguments = PostgresArguments()
      for (column, type) in columns.enumerated() {
        guard let type else { continue }
        try arguments.append(column: column, of: type, in: rows[start..<end], name)
      }
      sets.append(PostgresRowSet(name: "\(name).\(marks)", sql: sql, arguments: arguments, rows: start..<end))
      start = end
    }
    return sets
  }
}

extension SQLValue {
  /// Nil for NULL.
  fileprivate var elementType: PostgresArguments.ElementType? {
    switch self {
    case .null, .texts: nil
    case .text: .text
    case .integer: .integer
    case .bytes: .bytes
    case .flag: .flag
    }
  }

  /// The size on the wire, in bytes.
  fileprivate var size: Int {
    switch self {
    case .null, .texts: 4
    case .text(let text): 4 + text.utf8.count
    case .integer: 12
    case .bytes(let bytes): 4 + bytes.count
    case .flag: 5
    }
  }
}
