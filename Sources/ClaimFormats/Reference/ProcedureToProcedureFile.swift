package import ClaimsDomain

/// An NCCI procedure-to-procedure file for one setting, tab-delimited or CSV: column 1, column 2, whether the pair
/// existed before 1996, effective date, deletion date (`*` for none), modifier indicator, rationale.
package struct ProcedureToProcedureFile {
  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  static let columns: [ReferenceHeader.Column] = [
    .init("column 1 code", "column1"),
    .init("column 2 code", "column2"),
    .init("effective date", "effective", "effectivedate", "*effectivedate"),
    .init("deletion date", "deletion", "deletiondate", "deletiondatenodata", "*deletiondate"),
    .init(
      "modifier indicator", "modifierind", "modifier", "modifier0notallowed1allowed9notapplicable", "modifierindicator"),
  ]

  /// - Throws: `PlanFileError` for the first invalid row.
  package func edits() throws(PlanFileError) -> ProcedureToProcedureEdits {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the NCCI PTP file")
    var edits: [ProcedureToProcedureEdit] = []
    while let row = try reader.next() {
      // The copyright notice may also appear below the column names. Unlike it, a pair has a second column.
      guard !row.text(header["column 2 code"]).isEmpty, !Self.isHeader(row, header) else { continue }
      let deletion = row.text(header["deletion date"])
      edits.append(
        ProcedureToProcedureEdit(
          column1: try row.require(header["column 1 code"], "column 1 code", .procedure),
          column2: try row.require(header["column 2 code"], "column 2 code", .procedure),
          effective: try row.require(header["effective date"], "effective date", .date),
          deletion: deletion.isEmpty || deletion == "*"
            ? nil : try row.require(header["deletion date"], "deletion date", .date),
          modifierIndicator: try row.require(header["modifier indicator"], "modifier indicator", .known())))
    }
    guard !edits.isEmpty else {
      throw PlanFileError(file: name, reason: "there is no pair in the file", advice: "download it again from CMS")
    }
    return ProcedureToProcedureEdits(edits)
  }

  /// Whether the row continues column names that are stacked over several rows. Such a row has no digit where a pair
  /// has a date.
  private static func isHeader(_ row: ReferenceRow, _ header: ReferenceHeader) -> Bool {
    !row.text(header["effective date"]).utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
