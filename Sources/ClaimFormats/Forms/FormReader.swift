package import ClaimsDomain

/// Reads paper forms: from the words of pages, however they were found, to fields.
package struct FormReader: Sendable {
  private let tables: ReferenceTables

  /// The most pages of one file.
  package static let pageLimit = 500

  /// - Parameter tables: The tables in which codes must be, for the day of care; a table that is not there is not asked.
  package init(tables: ReferenceTables = .none) {
    self.tables = tables
  }

  /// The forms of a file, and what is to be said of the pages that belong to none.
  package struct Found: Hashable, Sendable {
    /// In order.
    package var readings: [FormReading]
    package var faults: [FileFault]
  }

  /// Returns the forms on the pages of a file, in order. A form goes on over several pages when each says so. A page with
  /// no words at all is the back of another, and is left out.
  ///
  /// A page that is none of the forms that are read may have belonged to the form before it. So no form goes on over such a
  /// page, or over one that could not be read: what it lacks then is missing, and its charges are not its total.
  ///
  /// - Parameter unreadable: The numbers of the pages of the file that could not be read and are not among `pages`.
  /// - Throws: `FileFault` when the file has no form.
  package func found(on pages: [FormPage], unreadable: [Int] = []) throws(FileFault) -> Found {
    guard pages.count + unreadable.count <= Self.pageLimit else {
      throw FileFault(
        what: "the file has \(pages.count + unreadable.count) pages, and \(Self.pageLimit) is the most allowed",
        advice: "send it in parts")
    }
    var forms: [[FormSheet]] = []
    var faults: [FileFault] = []
    var gap = 0
    for page in pages where !page.words.isEmpty {
      do {
        let sheet = try sheet(page)
        gap = max(gap, unreadable.filter { $0 < page.number }.max() ?? 0)
        if let last = forms.last?.last, last.number > gap, sheet.goesOn(from: last) {
          forms[forms.count - 1].append(sheet)
        } else {
          forms.append([sheet])
        }
      } catch {
        faults.append(error)
        gap = page.number
      }
    }
    guard !forms.isEmpty else {
      throw faults.first
        ?? FileFault(what: "no page of the file has any words", advice: "send the forms themselves, right side up")
    }
    return Found(readings: forms.map { reading(of: $0) }, faults: faults)
  }

  /// Returns the forms on pages that are all forms.
  ///
  /// - Throws: `FileFault` when one of them is none of the forms that are read.
  package func readings(of pages: [FormPage]) throws(FileFault) -> [FormReading] {
    let found = try found(on: pages)
    if let fault = found.faults.first { throw fault }
    return found.readings
  }

  private func sheet(_ page: FormPage) throws(FileFault) -> FormSheet {
    guard page.words.count <= PageFit.wordLimit, page.width > 0, page.height > 0, let sheet = FormSheet(page) else {
      throw FileFault(
        at: SourceLocation(.page, page.number),
        what: "it is no claim form that is read here",
        advice: "send CMS-1500 (02/12) and UB-04 forms by themselves, each page of them whole")
    }
    return sheet
  }

  private func reading(of sheets: [FormSheet]) -> FormReading {
    let first = sheets[0]
    let rows = first.fit.layout.rows
    var fields: [FieldReading] = []
    var known: [String: FieldReading] = [:]
    for (index, sheet) in sheets.enumerated() {
      for var field in sheet.fields(servicesBefore: index * rows) {
        if let earlier = known[field.field] {
          // The pages of a form repeat its heading. What a later page says otherwise is kept beside it.
          guard !FormSheet.ownsByPage.contains(field.field), field.value != earlier.value else { continue }
          field = FieldReading(
            field: "\(field.field)@\(sheet.number)", page: field.page, box: field.box, text: field.text,
            value: field.value, confidence: field.confidence, correction: field.correction, doubts: field.doubts)
        }
        known[field.field] = field
        fields.append(field)
      }
    }
    var reading = FormReading(kind: first.kind, pages: sheets.map(\.number), fields: fields)
    reading.removeRowNumbers()
    reading.checkTotalRow()
    reading.check { box, service in
      let sheet = box.isTotal ? sheets[sheets.count - 1] : sheets[min(sheets.count - 1, max(0, service - 1) / rows)]
      return (sheet.number, sheet.fit.place(of: box))
    }
    reading.checkCodes(in: tables)
    return reading
  }
}

extension FormSheet {
  /// Boxes that differ from page to page.
  fileprivate static let ownsByPage: Set = ["FL43.page", "FL43.of", "FL45.created"]
}

extension FormBox {
  /// Whether only the last page of a form has the box.
  fileprivate var isTotal: Bool { name == "28" || name == "FL47.total" }
}

extension FormReading {
  /// Removes the row numbers of a UB-04 that an engine took for revenue codes: they are printed where those are typed. A
  /// revenue code has at least three characters, and a service says more than its code.
  fileprivate mutating func removeRowNumbers() {
    guard kind == .ub04 else { return }
    let layout = FormLayout.of(kind)
    let typed = fields.filter { !$0.text.isEmpty && !$0.field.hasPrefix("FL43.") }
    let rows = Dictionary(grouping: typed) { layout.box(of: $0.field)?.service ?? 0 }
    let numbers = rows.compactMap { service, row -> String? in
      guard service > 0, row.count == 1, row[0].field.hasPrefix("FL42."), row[0].confidence != nil,
        row[0].text.count < 3
      else { return nil }
      return row[0].field
    }
    fields.removeAll { numbers.contains($0.field) }
  }

  /// Some programs print the total of a UB-04, revenue code 0001, right below the last service.
  fileprivate mutating func checkTotalRow() {
    guard kind == .ub04, readings["FL47.total"] == nil else { return }
    let codes = fields.filter { $0.field.hasPrefix("FL42.") && $0.value == "0001" && $0.field != "FL42.total" }
    guard codes.count == 1, let service = codes[0].field.split(separator: ".").last else { return }
    for index in fields.indices where fields[index].field.hasSuffix(".\(service)") {
      let field = fields[index]
      fields[index] = FieldReading(
        field: field.field.split(separator: ".")[0] + ".total", page: field.page, box: field.box, text: field.text,
        value: field.value, confidence: field.confidence, correction: field.correction, doubts: field.doubts)
    }
  }

  /// Doubts codes that the table in force on the first day of care does not have.
  fileprivate mutating func checkCodes(in tables: ReferenceTables) {
    let days = fields.filter { $0.field.hasPrefix("24A.") || $0.field.hasPrefix("FL6.") }.compactMap(\.value)
    guard let day = days.min().flatMap({ CalendarDate(parsing: $0) }) else { return }
    let layout = FormLayout.of(kind)
    for index in fields.indices {
      guard let code = fields[index].value, let grammar = layout.box(of: fields[index].field)?.box.grammar else {
        continue
      }
      let list = grammar == .diagnosis ? tables.diagnoses[day] : grammar == .place ? tables.placesOfService[day] : nil
      if let list, !list.contains(code) { fields[index].doubts.append(.unknownCode) }
    }
  }
}
