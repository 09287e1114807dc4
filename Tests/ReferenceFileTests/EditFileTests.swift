import ClaimFormats
import ClaimsDomain
import Testing

@Suite("NCCI files and code lists")
struct EditFileTests {
  private static let pairs = """
    Column 1/Column 2 Edits\t\t\t\t\t\t
    Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier 0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale
    0001A\t0591T\t\t20220101\t20231231\t1\tany
    0001A\t90473\t\t20220101\t20220101\t9\tany
    0001U\t0030U\t\t20180701\t*\t0\tany

    """

  private func pairs(_ text: String = pairs) throws -> ProcedureToProcedureEdits {
    try ProcedureToProcedureFile(Reference.bytes(text), name: "ptp.txt").edits()
  }

  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(parsing: text)) }

  @Test(
    "A pair applies from its first to its last day, and a pair deleted on its first day never applies",
    arguments: [
      ("0001A", "0591T", "2021-12-31", nil), ("0001A", "0591T", "2022-01-01", 1), ("0001A", "0591T", "2023-12-31", 1),
      ("0001A", "0591T", "2024-01-01", nil), ("0001A", "90473", "2022-01-01", nil), ("0001U", "0030U", "2099-01-01", 0),
      ("0030U", "0001U", "2026-01-01", nil),
    ] as [(String, String, String, Int?)])
  func days(column1: String, column2: String, day text: String, indicator: Int?) throws {
    let found = try pairs().modifierIndicator(column1: column1, column2: column2, on: day(text))
    #expect(found?.rawValue == indicator)
  }

  @Test(
    "Pairs with a mistake are refused with the line, the reason and what to do",
    arguments: [
      ("20180701\t*", "2018-7-1\t*", "ptp.txt:5: effective date must be a day such as 2026-01-31, not \"2018-7-1\""),
      ("\t0\tany", "\t5\tany", "ptp.txt:5: modifier indicator must be one of 0, 1, 9, not \"5\""),
      ("0030U", "30U", "ptp.txt:5: column 2 code must be a HCPCS code of five capital letters and digits, not \"30U\""),
    ])
  func mistakes(part: String, instead: String, refusal: String) throws {
    let error = try #require(throws: PlanFileError.self) { try pairs(Self.pairs.replacing(part, with: instead)) }
    #expect(error.description.hasPrefix(refusal), "\(error)")
  }

  @Test("MUEs are read with their MAI, as words or as a number")
  func units() throws {
    let text = """
      "A notice, of rights",,,
      "HCPCS/
      CPT Code","Practitioner Services
      MUE Values",MUE Adjudication Indicator,MUE Rationale
      99213,2,3 Date of Service Edit: Clinical,Clinical: Data
      99195,0,1 Line Edit,any
      """
    let read = try MedicallyUnlikelyFile(Reference.bytes(text), name: "mue.csv").edits(for: .practitioner)
    #expect(read["99213"]?.units == 2)
    #expect(read["99213"]?.adjudication == .dateOfServiceClinical)
    #expect(read["99195"]?.adjudication == .line)
    let error = try #require(throws: PlanFileError.self) {
      try MedicallyUnlikelyFile(Reference.bytes(text.replacing("3 Date", with: "4 Date")), name: "mue.csv")
        .edits(for: .practitioner)
    }
    #expect(error.description.hasPrefix("mue.csv:5: MAI must be 1, 2 or 3, not \"4 Date of Service Edit: Clinical\""))
  }

  @Test("A list of diagnoses may contain dots and descriptions, or neither")
  func diagnoses() throws {
    let text = "E11.9\nA000    Words, and more\nZ0000"
    let read = try CodeListFile(Reference.bytes(text), name: "icd.txt").codes(.diagnosis)
    #expect(["E119", "A000", "Z0000"].allSatisfy(read.contains))
    let error = try #require(throws: PlanFileError.self) {
      try CodeListFile(Reference.bytes("E119\n11\n"), name: "icd.txt").codes(.diagnosis)
    }
    #expect(error.description == "icd.txt:2: \"11\" is not an ICD-10-CM code; give one code a row, at its beginning")
  }

  @Test(
    "The published files are read",
    .enabled(if: Reference.path("codes_pos.txt") != nil, "no files: set PAIDONCE_REFERENCE"))
  func published() throws {
    func file(_ name: String) throws -> InputFile {
      let path = try #require(Reference.path(name))
      return try InputFile(path: path)
    }
    #expect(try CodeListFile(file("codes_pos.txt"), name: "pos.txt").codes(.placeOfService).count == 52)
    let diagnoses = try CodeListFile(file("icd10cm_billable_apr2026.txt"), name: "icd.txt").codes(.diagnosis)
    #expect(diagnoses.count == 74_706)
    #expect(diagnoses.contains("E119"))
    #expect(!diagnoses.contains("E11"))
    let pairs = try ProcedureToProcedureFile(file("ncci_ptp_2026q3_excerpt.tsv"), name: "ptp.txt").edits()
    #expect(try pairs.modifierIndicator(column1: "0001U", column2: "0030U", on: day("2026-07-01")) == .allowed)
    #expect(try pairs.modifierIndicator(column1: "0001A", column2: "90473", on: day("2022-01-01")) == nil)
    let units = try MedicallyUnlikelyFile(file("mue_2026q4_practitioner_excerpt.csv"), name: "mue.csv")
    #expect(try units.edits(for: .practitioner).count == 25)
    #expect(try units.edits(for: .outpatientHospital)["99292"]?.units == 8)
  }
}
