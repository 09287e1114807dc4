package import ClaimsDomain

/// The GPCI file (CMS MPFS, Addendum E): what work, practice expense and malpractice insurance cost by locality.
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
    // Where the file has the index with and without its floor, the floor is the law (Social Security Act 1848(e)(1)(E)).
    .init("work GPCI", "*pwgpciwith10floor", "*pwgpci"),
    .init("practice expense GPCI", "*pegpci"),
    .init("malpractice GPCI", "*mpgpci"),
  ]

  /// - Throws: `PlanFileError` for the first row that is wrong, or a locality that is there twice.
  package func indices() throws(PlanFileError) -> PracticeCostIndices {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the GPCI file")
    var indices: [MedicareLocality: GeographicPracticeCostIndex] = [:]
    while let row = try reader.next() {
      // Blank rows and notes, which have nothing but their text.
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
