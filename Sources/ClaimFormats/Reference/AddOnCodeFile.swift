package import ClaimsDomain

/// The NCCI add-on code file (`AOC_Vyyyy…-MCR.txt`), with a row for each add-on code and primary code. The dates of the
/// edit and of both codes are given as year and day of the year (`2026091`). `CCCCC` means that the contractor
/// determines which code is a primary.
package struct AddOnCodeFile {
  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  static let columns: [ReferenceHeader.Column] = [
    .init("edit type", "aocedittype", "edittype", "aoctype", "type"),
    .init("add-on code", "addoncode", "aoc"),
    .init("primary code", "primarycode"),
    .init("edit effective date", "aocediteffdt", "aocediteffectivedate", "effdt", "effectivedate"),
    .init("edit deletion date", "aoceditdeldt", "aoceditdeletiondate", "deldt", "deletiondate"),
    .init("add-on code deletion date", "aocdeldt", isRequired: false),
    .init("primary code deletion date", "primarycodedeldt", isRequired: false),
  ]

  /// The edits in effect on a day. An edit deleted on its effective date is never in effect.
  ///
  /// - Throws: `PlanFileError` for the first invalid row.
  package func edits(on day: CalendarDate) throws(PlanFileError) -> AddOnCodeEdits {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the add-on code file")
    var kinds: [String: AddOnCodeEdit.Kind] = [:]
    var primaries: [String: Set<String>] = [:]
    while let row = try reader.next() {
      guard !row.text(header["add-on code"]).isEmpty else { continue }
      let code = try row.require(header["add-on code"], "add-on code", .procedure)
      let kind: AddOnCodeEdit.Kind = try row.require(header["edit type"], "edit type", .known())
      guard try isInForce(row, header, on: day) else { continue }
      kinds[code] = kind
      let primary = row.text(header["primary code"])
      if !primary.isEmpty, primary != "CCCCC" {
        primaries[code, default: []].insert(try row.require(header["primary code"], "primary code", .procedure))
      }
    }
    guard !kinds.isEmpty else {
      throw PlanFileError(
        file: name, reason: "no add-on code of the file is in force on \(day)", advice: "download it again from CMS")
    }
    return kinds.reduce(into: [:]) { edits, entry in
      edits[entry.key] = AddOnCodeEdit(code: entry.key, kind: entry.value, primaries: primaries[entry.key] ?? [])
    }
  }

  private func isInForce(
    _ row: ReferenceRow, _ header: ReferenceHeader, on day: CalendarDate
  ) throws(PlanFileError) -> Bool {
    guard let first = try date("edit effective date", row, header) else {
      throw row.error("the edit has no effective date", advice: "download the file again from CMS")
    }
    let ends = try [
      date("edit deletion date", row, header), date("add-on code deletion date", row, header),
      date("primary code deletion date", row, header),
    ].compactMap(\.self)
    return first <= day && ends.allSatisfy { $0 > first && day <= $0 }
  }

  private func date(
    _ column: String, _ row: ReferenceRow, _ header: ReferenceHeader
  ) throws(PlanFileError) -> CalendarDate? {
    let text = row.text(header[column])
    return text.isEmpty || text == "*" ? nil : try row.require(header[column], column, .yearAndDay)
  }
}

extension ScalarForm where Value == CalendarDate {
  /// `2026091`, the ninety-first day of 2026, or a calendar date.
  fileprivate static var yearAndDay: Self {
    ScalarForm(expectation: "a year and a day of it such as 2026091") { text in
      guard text.utf8.count == 7, let number = Int(text), (1...366).contains(number % 1_000),
        let start = CalendarDate(year: number / 1_000, month: 1, day: 1)
      else { return CalendarDate(parsing: text) }
      return CalendarDate(dayNumber: start.dayNumber + number % 1_000 - 1)
    }
  }
}
