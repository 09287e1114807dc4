/// What services are called in words that a member understands, by procedure or revenue code. The words are the payer's
/// own: the descriptions of codes that the AMA and the NUBC publish are licensed.
package struct ServiceWords: Hashable, Sendable {
  private var words: [String: String] = [:]

  package init() {}

  /// The words for a code; nil when no file gives any.
  package subscript(code: String) -> String? { words[code] }

  /// Adds the words for a code.
  ///
  /// - Returns: false if the code has other words already, which are kept.
  mutating func add(_ text: String, for code: String) -> Bool {
    if let known = words[code] { return known == text }
    words[code] = text
    return true
  }
}

/// Words for services as CSV: `code,description`. Letters to members print them. They decide nothing, so they are not part
/// of the ruleset, and may be corrected at any time.
package struct ServiceWordsFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  static let columns = ["code", "description"]

  /// Adds the words of the file.
  ///
  /// - Throws: `PlanFileError` for the rows that are invalid, or that give a code other words.
  package func read(into words: inout ServiceWords) throws(PlanFileError) {
    let faults = FaultList()
    let rows = try CSVTable(file, columns: Self.columns, showsValues: true, faults).read { row throws(PlanFileError) in
      let fields = CSVFields(row)
      let (code, text) = (fields.require("code", .code), fields.require("description", .serviceWords))
      return try fields.result(code.flatMap { code in text.map { (row: row, code: code, text: $0) } })
    }
    for (row, code, text) in rows where !words.add(text, for: code) {
      faults.note(row.error("\(code) has other words already", advice: "keep one of them"))
    }
    try faults.result(())
  }
}

extension ScalarForm where Value == String {
  fileprivate static var serviceWords: Self {
    ScalarForm(expectation: "a text of at most 80 characters, such as Clinic visit") { text in
      (1...80).contains(text.count) ? text : nil
    }
  }
}
