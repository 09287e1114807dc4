package import ClaimsDomain

/// The GPCI file (CMS MPFS, Addendum E): the cost of work, practice expense and malpractice insurance by locality.
package struct PracticeCostFile {
  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  static let columns: [ReferenceHeader.Column] = [
    .init("contractor", "medicareadministrativecontractormac", "mac", "contractor"),
    .init("locality number", "localitynumber", "locality"),
    // If a file has the index with and without its floor, the floor is law (Social Security Act 1848(e)(1)(E)).
    .init("work GPCI", "*pwgpciwith10floor", "*pwgpci"),
    .init("practice expense GPCI", "*pegpci"),
    .init("malpractice GPCI", "*mpgpci"),
  ]

  /// - Throws: `PlanFileError` for the first row that is invalid or repeats a locality.
  package func indices() throws(PlanFileError) -> PracticeCostIndices {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the GPCI file")
    var indices: [MedicareLocality: GeographicPracticeCostIndex] = [:]
    while let row = try reader.next() {
      // Skips blank rows, and notes, which have text only in the first column.
      guard row.cells.dropFirst().contains(where: { !$0.isEmpty }) else { continue }
      let contractor = row.text(header["contractor"])
      let number = row.text(header["locality number"])
      guard let locality = MedicareLocality(contractor: contractor, number: number) else {
        throw row.error(
          "\"\(contractor.prefix(20))\" and \"\(number.prefix(20))\" are not a contractor and a locality number",
          advice: "give them as digits, at most five and two")
      }
      let index = GeographicPracticeCostIndex(
        work: try row.require(header["work GPCI"], "work GPCI", .decimal()),
        practiceExpense: try row.require(header["practice expense GPCI"], "practice expense GPCI", .decimal()),
        malpractice: try row.require(header["malpractice GPCI"], "malpractice GPCI", .decimal()))
      guard indices.updateValue(index, forKey: locality) == nil else {
        throw row.error("locality \(locality) is there twice", advice: "leave one of the two rows out")
      }
    }
    guard !indices.isEmpty else {
      throw PlanFileError(file: name, reason: "there is no locality in the file", advice: "download it again from CMS")
    }
    return PracticeCostIndices(byLocality: indices)
  }
}

/// The locality county crosswalk (`yyLOCCO.csv`): the counties that make up each Medicare payment locality.
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

  /// - Throws: `PlanFileError` for the first invalid row.
  package func localities() throws(PlanFileError) -> CountyLocalities {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the locality county crosswalk")
    var localities = CountyLocalities()
    var state = ""
    while let row = try reader.next() {
      let contractor = row.text(header["contractor"])
      let number = row.text(header["locality number"])
      // Blank rows, and the notes at the end, have no locality.
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

  /// The counties listed in the text; none when it says all, or all other, counties of the state.
  private static func counties(in text: String) -> [String] {
    let upper = text.uppercased()
    guard !upper.hasPrefix("ALL ") else { return [] }
    return upper.replacing(" AND ", with: ",").split(whereSeparator: { ",;/".contains($0) })
      .map { $0.replacing("AND ", with: "", maxReplacements: $0.drop(while: \.isWhitespace).hasPrefix("AND ") ? 1 : 0) }
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .filter { !$0.isEmpty }
  }
}
