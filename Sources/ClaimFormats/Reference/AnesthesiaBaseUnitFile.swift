package import ClaimsDomain

/// The anesthesia base units for one year: a code and its units in each row.
package struct AnesthesiaBaseUnitFile {
  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  static let columns: [ReferenceHeader.Column] = [
    .init("anesthesia code", "code", "cptcode", "hcpcs", "hcpcscode", "hcpcscptcode"),
    .init("base units", "*baseunits", "*baseunit"),
  ]

  /// - Throws: `PlanFileError` for the first row that is invalid or repeats a code.
  package func baseUnits() throws(PlanFileError) -> AnesthesiaBaseUnits {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the anesthesia base units")
    var units: AnesthesiaBaseUnits = [:]
    while let row = try reader.next() {
      guard row.cells.dropFirst().contains(where: { !$0.isEmpty }) else { continue }
      let code = try row.require(header["anesthesia code"], "anesthesia code", .anesthesia)
      let base = try row.require(header["base units"], "base units", .baseUnits)
      guard units.updateValue(base, forKey: code) == nil else {
        throw row.error("\(code) is there twice", advice: "leave one of the two rows out")
      }
    }
    guard !units.isEmpty else {
      throw PlanFileError(file: name, reason: "there is no code in the file", advice: "download it again from CMS")
    }
    return units
  }
}

extension ScalarForm where Value == String {
  /// A code from 00100 to 01999. Leading zeros, which spreadsheet programs drop, are restored.
  fileprivate static var anesthesia: Self {
    ScalarForm(expectation: "a code of anesthesia from 00100 to 01999") { text in
      guard let number = Int(text), (100...1_999).contains(number), text.utf8.count <= 5 else { return nil }
      return String(repeating: "0", count: 5 - String(number).count) + String(number)
    }
  }
}
