/// What a table of a plan folder is about.
package enum CSVKind: Sendable {
  case members
  case networks
  case fees
  case services

  /// Whether a file has a column that the files of a rules folder have, and no published table; or is a spreadsheet, which no
  /// table is published as under the name of a CSV file.
  package static func isOfRules(_ file: SourceFile) -> Bool {
    let cells = CSVRecords.header(of: file).split { ",;\t\"\r".contains($0) }.map { $0.filter { !$0.isWhitespace } }
    return file.isSpreadsheet || ["amount", "member_id", "subscriber_id", "npi"].contains(where: cells.contains)
  }

  /// The folder says it, else the columns. A table whose columns are about people is taken for a member file even if
  /// they are called otherwise there, so that its errors are those of a member file, which quote nothing.
  package init(of file: SourceFile) {
    let folders = file.name.split(separator: "/").dropLast().map { String($0) }
    // Of UTF-16 text, every other byte is zero. An empty file has only its name to go by.
    let start = CSVRecords.header(of: file).filter { $0 != "\0" }
    let header = start.allSatisfy(\.isWhitespace) ? file.stem.lowercased() : start
    let named: [(folder: String, kind: CSVKind)] = [
      ("members", .members), ("networks", .networks), ("fees", .fees), ("services", .services),
    ]
    if let folder = folders.last, let kind = named.first(where: { $0.folder == folder })?.kind {
      self = kind
    } else if ["member", "subscriber", "birth", "dob", "patient", "enrollee"].contains(where: header.contains) {
      self = .members
    } else if header.contains("description"), !header.contains("amount") {
      self = .services
    } else {
      self = header.contains("npi") ? .networks : .fees
    }
  }
}
