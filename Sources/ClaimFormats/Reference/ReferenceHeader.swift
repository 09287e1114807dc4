import ClaimsDomain

/// Finds the columns of a published file by their names. CMS puts titles and copyright notices above the names, and
/// stacks a name over up to three rows (`NON-FAC` / `NA` / `INDICATOR`). Names vary a little from year to year.
struct ReferenceHeader {
  /// The name of a column in this code, and its possible names in a file, as lowercase letters and digits only.
  struct Column {
    let name: String
    let aliases: [String]
    let isRequired: Bool

    init(_ name: String, _ aliases: String..., isRequired: Bool = true) {
      self.name = name
      self.aliases = aliases
      self.isRequired = isRequired
    }
  }

  private let positions: [String: Int]

  /// The maximum number of rows searched for the names; CMS has at most nine rows above them.
  private static let rowLimit = 60

  subscript(name: String) -> Int? { positions[name] }

  /// Finds the header and leaves the reader after it.
  ///
  /// - Throws: `PlanFileError` if no header is found. The error names a missing column.
  init(_ columns: [Column], of reader: inout DelimitedReader, what: String) throws(PlanFileError) {
    var above: [[String]] = []
    var nearest: (missing: [String], line: Int?) = (columns.filter(\.isRequired).map(\.name), nil)
    while above.count < Self.rowLimit, let row = try reader.next() {
      for depth in 0...min(2, above.count) {
        let names = Self.names(stacked: above.suffix(depth) + [row.cells])
        let found = Self.positions(of: columns, in: names)
        let missing = columns.filter { $0.isRequired && found[$0.name] == nil }.map(\.name)
        guard !missing.isEmpty else {
          positions = found
          return
        }
        if missing.count < nearest.missing.count { nearest = (missing, row.line) }
      }
      above.append(row.cells)
    }
    let lacking = nearest.missing.first.map { "there is no column for the \($0)" } ?? "there is no header"
    throw PlanFileError(
      file: reader.file, line: nearest.line, reason: lacking, advice: "give \(what) as CMS publishes it, as CSV or text"
    )
  }

  private static func positions(of columns: [Column], in names: [String]) -> [String: Int] {
    var found: [String: Int] = [:]
    for column in columns {
      found[column.name] = names.firstIndex { name in column.aliases.contains { Self.name(name, is: $0) } }
    }
    return found
  }

  /// An alias that begins with `*` matches any name with that ending, whatever year precedes it.
  private static func name(_ name: String, is alias: String) -> Bool {
    alias.hasPrefix("*") ? name.hasSuffix(alias.dropFirst()) : name == alias
  }

  private static func names(stacked rows: [[String]]) -> [String] {
    let width = rows.last?.count ?? 0
    return (0..<width).map { column in
      rows.map { $0.indices.contains(column) ? normal($0[column]) : "" }.joined()
    }
  }

  private static func normal(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
  }
}

extension ScalarForm where Value == String {
  /// A HCPCS code, including CPT codes.
  static var procedure: Self {
    ScalarForm(expectation: "a HCPCS code of five capital letters and digits") { text in
      text.utf8.count == 5 ? ScalarForm.code.parse(text) : nil
    }
  }
}

extension ScalarForm where Value == Character {
  static var indicator: Self {
    ScalarForm(expectation: "an indicator of one letter or digit") { text in
      text.utf8.count == 1 && ScalarForm<String>.code.parse(text) != nil ? text.first : nil
    }
  }
}

extension ScalarForm {
  static func decimal<Tag>() -> Self where Value == ExactDecimal<Tag> {
    ScalarForm(
      expectation: "a number from 0 to \(Value.limit) with at most \(Tag.places) decimals",
      parse: { Value(parsing: $0) })
  }

  /// A code from a closed list.
  static func known() -> Self where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
    return ScalarForm(expectation: "one of \(words)") { Value(rawValue: $0) }
  }

  /// A number from a closed list.
  static func known() -> Self where Value: RawRepresentable & CaseIterable, Value.RawValue == Int {
    let words = Value.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
    return ScalarForm(expectation: "one of \(words)") { Int($0).flatMap(Value.init) }
  }
}
