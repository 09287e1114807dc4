package import ClaimsDomain

/// The locality county crosswalk (`yyLOCCO.csv`): which counties a Medicare payment locality is made of.
package struct CountyLocalityFile {
  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  static let columns: [ReferenceHeader.Column] = [
    .init(
      "contractor", "medicareadminstrativecontractor", "medicareadministrativecontractor", "mac"),
    .init("locality number", "localitynumber"),
    .init("state", "state"),
    .init("counties", "counties"),
  ]

  /// - Throws: `PlanFileError` for the first row that is wrong.
  package func localities() throws(PlanFileError) -> CountyLocalities {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the locality county crosswalk")
    var localities = CountyLocalities()
    var state = ""
    while let row = try reader.next() {
      let contractor = row.text(header["contractor"])
      let number = row.text(header["locality number"])
      // Blank rows, and notes at the end, have no locality.
      guard !number.isEmpty else { continue }
      guard let locality = MedicareLocality(contractor: contractor, number: number) else {
        throw row.error(
          "\"\(contractor.prefix(20))\" and \"\(number.prefix(20))\" are not a contractor and a locality number",
          advice: "give them as digits, at most five and two")
      }
      // Only the first row of a state names it.
      if !row.text(header["state"]).isEmpty { state = row.text(header["state"]) }
      guard !state.isEmpty else { throw row.error("no state is named here or above", advice: "name the state") }
      localities.add(locality, state: state, counties: Self.counties(in: row.text(header["counties"])))
    }
    return localities
  }

  /// None when it says all, or all other, counties of the state.
  private static func counties(in text: String) -> [String] {
    let upper = text.uppercased()
    guard !upper.hasPrefix("ALL ") else { return [] }
    return upper.replacing(" AND ", with: ",").split(whereSeparator: { ",;/".contains($0) })
      .map { $0.replacing("AND ", with: "", maxReplacements: $0.drop(while: \.isWhitespace).hasPrefix("AND ") ? 1 : 0) }
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .filter { !$0.isEmpty }
  }
}
