import ClaimFormats
import ClaimsDomain
import Testing

@Suite("GPCI files and the locality county crosswalk")
struct LocalityFileTests {
  private func indices(_ text: String) throws -> PracticeCostIndices {
    try PracticeCostFile(Reference.bytes(text), name: "gpci.csv").indices()
  }

  private func locality(_ contractor: String, _ number: String) throws -> MedicareLocality {
    try #require(MedicareLocality(contractor: contractor, number: number))
  }

  @Test("Are read if a spreadsheet removed leading zeros, and their notes are not localities")
  func zeros() throws {
    let read = try indices(FeeFiles.indices)
    #expect(read.byLocality.count == 2)
    #expect(try read[locality("2102", "1")]?.work.description == "1.500")
    #expect(try locality("2102", "1").description == "02102-01")
  }

  @Test(
    "With a mistake are refused with the line, the reason and what to do",
    arguments: [
      ("0.869", "0.8695", "gpci.csv:4: practice expense GPCI must be a number from 0 to 9999 with at most 3 decimals"),
      ("10112", "Alabama", "gpci.csv:4: \"Alabama\" and \"00\" are not a contractor and a locality number; give them"),
      ("2102,AK,1", "10112,AL,0", "gpci.csv:5: locality 10112-00 is there twice; leave"),
    ])
  func mistakes(part: String, instead: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) {
      try indices(FeeFiles.indices.replacing(part, with: instead))
    }
    #expect(error.description.hasPrefix(refusal), "\(error)")
  }

  @Test("A county is in its own locality, or else in the locality for the rest of its state")
  func counties() throws {
    let text = """
      COUNTIES INCLUDED,,,,
      Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties
      ,,,,
      9102,4,FLORIDA ,MIAMI,DADE AND MONROE
      9102,3,,FORT LAUDERDALE,"BROWARD, LEE, AND ST. LUCIE"
      9102,99,,REST OF STATE ,ALL OTHER COUNTIES
       , , , ,
      10112,0,ALABAMA ,STATEWIDE ,ALL COUNTIES
      """
    let read = try CountyLocalityFile(Reference.bytes(text), name: "locco.csv").localities()
    #expect(try read.locality(state: "Florida", county: "Monroe") == locality("09102", "04"))
    #expect(try read.locality(state: "FLORIDA", county: "St.  Lucie") == locality("09102", "03"))
    #expect(try read.locality(state: "FLORIDA", county: "ORANGE") == locality("09102", "99"))
    #expect(try read.locality(state: "ALABAMA", county: "ANY") == locality("10112", "00"))
    #expect(read.locality(state: "UTOPIA", county: "ANY") == nil)
  }

  @Test(
    "The files of 2025 are read",
    .enabled(if: Reference.path("gpci_2025.csv") != nil, "no files: set PAIDONCE_REFERENCE"))
  func published() throws {
    let gpci = try #require(Reference.path("gpci_2025.csv"))
    let read = try PracticeCostFile(InputFile(path: gpci), name: "gpci.csv").indices()
    #expect(read.byLocality.count > 100)
    let excerpt = try #require(Reference.path("gpci_2026_excerpt.csv"))
    #expect(try PracticeCostFile(InputFile(path: excerpt), name: "gpci.csv").indices().byLocality.count == 6)
    let crosswalk = try #require(Reference.path("locality_county_crosswalk_2025.csv"))
    let counties = try CountyLocalityFile(InputFile(path: crosswalk), name: "locco.csv").localities()
    let queens = try #require(counties.locality(state: "NEW YORK", county: "QUEENS"))
    #expect(queens.description == "13292-04")
    #expect(read[queens] != nil)
  }
}
