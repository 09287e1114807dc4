import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

@Suite("Editions of published tables")
struct TableEditionTests {
  /// A folder for one test, which is removed after the test.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "paidonce-\(UUID().uuidString.prefix(8))")
    var tables: TableFolder { TableFolder(in: url) }
    deinit { try? FileManager.default.removeItem(at: url) }
  }

  @Test(
    "A file name determines the days of an edition of pairs",
    arguments: [
      ("ccipra-v322r0-f1.txt", "ncci-ptp-practitioner-2026-07-01-f1 1996-01-01 2026-09-30"),
      ("ccioph-v320r0-f4.TXT", "ncci-ptp-outpatient-hospital-2026-01-01-f4 1996-01-01 2026-03-31"),
      ("practitioner_ptp_2026q4.tsv", "ncci-ptp-practitioner-2026-10-01 1996-01-01 2026-12-31"),
    ])
  func pairDays(file: String, expected: String) throws {
    try expect(expected, of: "column1\tcolumn2\teffective\tdeletion\tmodifier\nA0001\tA0002\t20200101\t*\t0\n", file)
  }

  @Test(
    "A file name determines the days of an edition of diagnoses: a fiscal year, or the rest of it",
    arguments: [
      ("icd10cm_codes_2026.txt", "icd-10-cm-2025-10-01 2025-10-01 2026-09-30"),
      ("icd10cm-codes-April-2026.txt", "icd-10-cm-2026-04-01 2026-04-01 2026-09-30"),
      ("icd10cm_oct2026.txt", "icd-10-cm-2026-10-01 2026-10-01 2027-09-30"),
    ])
  func diagnosisDays(file: String, expected: String) throws {
    try expect(expected, of: "A000\nB001\nE119\n", file)
  }

  @Test(
    "A file name or a title determines the days of an edition of fees",
    arguments: [
      ("GPCI2026.csv", "gpci-2026-01-01 2026-01-01 2026-12-31"),
      ("indices.csv", "gpci-2025-01-01 2025-01-01 2025-12-31"),
    ])
  func feeDays(file: String, expected: String) throws {
    let text = """
      ADDENDUM E. FINAL CY 2025 GPCIs,,,,,
      MAC,State,Locality Number,Locality Name,2025 PW GPCI,2025 PE GPCI,2025 MP GPCI
      10112,AL,00,ALABAMA,1,0.869,0.575

      """
    try expect(expected, of: text, file)
  }

  private func expect(_ expected: String, of text: String, _ file: String) throws {
    let edition = try #require(try MadeUpTables.imported(text, name: file).first)
    #expect("\(edition.name) \(edition.days.first) \(edition.days.last)" == expected)
  }

  @Test("A list is identified by its codes: places, reasons, remarks, diagnoses; anything else is refused")
  func lists() throws {
    #expect(try MadeUpTables.placesOfService().map(\.kind) == [.placesOfService])
    #expect(try MadeUpTables.imported("1\n45\n253\nA1\nB7\nP14\n", name: "a.txt").map(\.kind) == [.reasonCodes])
    #expect(try MadeUpTables.imported("M1\nMA130\nN130\n", name: "a.txt").map(\.kind) == [.remarkCodes])
    for text in ["0\n1\n2\n", "one\ntwo\n", "%PDF\u{0}", "1\n2\n3\n", ""] {
      #expect(throws: PlanFileError.self) { try MadeUpTables.imported(text, name: "a.txt") }
    }
  }

  @Test("A file that does not state its setting or its day is refused until the option gives it")
  func told() throws {
    let pairs = "column1\tcolumn2\teffective\tdeletion\tmodifier\nA0001\tA0002\t20200101\t*\t0\n"
    let refusals = ["pairs.tsv": "--setting", "practitioner.tsv": "--from"]
    for (file, advice) in refusals {
      let error = try #require(throws: PlanFileError.self) { try MadeUpTables.imported(pairs, name: file) }
      #expect(error.description.contains(advice))
    }
    let day = try #require(CalendarDate(parsing: "2026-07-01"))
    let reading = TableImport(setting: .practitioner, first: day)
    let edition = try #require(try MadeUpTables.imported(pairs, name: "pairs.tsv", by: reading).first)
    #expect(edition.name == "ncci-ptp-practitioner-2026-07-01" && edition.days.first == day)
  }

  @Test("Importing the same file again changes nothing, and other content under its name is refused")
  func immutable() throws {
    let folder = Folder()
    let edition = try #require(try MadeUpTables.units(["A0001,2,1"]).first)
    let other = try #require(try MadeUpTables.units(["A0001,3,1"]).first)
    #expect(try folder.tables.keep(edition) == .added)
    #expect(try folder.tables.keep(edition) == .known)
    let error = try #require(throws: PlanFileError.self) { try folder.tables.keep(other) }
    #expect(error.description.contains("an edition never changes"))
    #expect(try folder.tables.editions() == [edition])
  }

  @Test("A stored table with a changed byte is refused, whichever byte it is")
  func tampered() throws {
    let folder = Folder()
    let edition = try #require(try MadeUpTables.units(["A0001,2,1"]).first)
    _ = try folder.tables.keep(edition)
    let place = folder.url.appending(path: "tables/\(edition.name).table")
    let whole = try Data(contentsOf: place)
    for index in whole.indices.suffix(edition.content.count) {
      var data = whole
      data[index] ^= 1
      try data.write(to: place)
      #expect(throws: PlanFileError.self) { try folder.tables.editions() }
    }
  }

  @Test("A stored table that is truncated or has another name is refused")
  func misplaced() throws {
    let folder = Folder()
    let edition = try #require(try MadeUpTables.units(["A0001,2,1"]).first)
    _ = try folder.tables.keep(edition)
    let place = folder.url.appending(path: "tables/\(edition.name).table")
    let whole = try Data(contentsOf: place)
    for count in whole.indices {
      try whole.prefix(count).write(to: place)
      #expect(throws: PlanFileError.self) { try folder.tables.editions() }
    }
    try whole.write(to: folder.url.appending(path: "tables/other.table"))
    try FileManager.default.removeItem(at: place)
    let error = try #require(throws: PlanFileError.self) { try folder.tables.editions() }
    #expect(error.description.hasPrefix("tables/other.table: the file holds mue-practitioner-2026-01-01"))
  }

  @Test("A file name cannot forge other properties of an edition, whatever it contains")
  func source() throws {
    let file = "MUE_PractitionerServices_Eff_01-01-2026\nkind mpfs\u{1B}[2J.csv"
    let text = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator\nA0001,2,1\n"
    let edition = try #require(try MadeUpTables.imported(text, name: file).first)
    let folder = Folder()
    _ = try folder.tables.keep(edition)
    #expect(try folder.tables.editions().map(\.kind) == [.practitionerUnits])
    #expect(edition.source == "MUE_PractitionerServices_Eff_01-01-2026?kind mpfs?[2J.csv")
  }

  @Test("A different table gives a different ruleset; without a table the name is unchanged")
  func rulesetName() throws {
    let (plan, fees) = (Samples.file("tiny.yaml", Samples.plan), Samples.fees)
    func ruleset(_ tables: [TableEdition]) throws -> Ruleset {
      try RulesetFiles(plans: [plan], feeSchedules: fees, tables: tables).ruleset()
    }
    let (one, two) = try (MadeUpTables.units(["A0001,2,1"]), MadeUpTables.units(["A0001,3,1"]))
    let names = try [[], one, two].map { try ruleset($0).id }
    #expect(Set(names).count == 3)
    #expect(try ruleset(one) == ruleset(one))
    #expect(try names[0] == RulesetFiles(plans: [plan], feeSchedules: fees).ruleset().id)
  }

  @Test("The parts of one quarter's pairs form one table")
  func parts() throws {
    let tables = try [("1", "A0001\tA0002"), ("2", "B0001\tB0002")].flatMap { part, pair in
      try MadeUpTables.imported(
        "column1\tcolumn2\teffective\tdeletion\tmodifier\n\(pair)\t20200101\t*\t0\n",
        name: "ccipra-v320r0-f\(part).txt")
    }
    var desk = try PlanDesk(["edits": "[ncci]"], tables: tables)
    for pair in ["A", "B"] {
      let decision = try desk.decide(TestedLine("\(pair)0001"), TestedLine("\(pair)0002"))
      #expect(decision.outcomes == ["1 paid 1000.00", "2 CO-236"])
    }
  }

  @Test(
    "Every remark code that decisions use is in the published list",
    .enabled(if: PublishedFiles.has("codes_remark_code.txt"), "no files: set PAIDONCE_REFERENCE"))
  func remarks() throws {
    let name = "codes_remark_code.txt"
    let list = try TableImport().read(PublishedFiles.bytes(name), name: name).editions
    #expect(list.map(\.rows) == [998])
    _ = try PlanDesk(tables: list)
  }

  @Test("A list of codes that lacks a code that decisions use is refused")
  func lackingCode() throws {
    let whole = WrittenCodes.remarks.union(["MA130"]).sorted()
    _ = try PlanDesk(tables: MadeUpTables.imported(whole.joined(separator: "\n"), name: "remarks.txt"))
    let text = whole.filter { $0 != "N122" }.joined(separator: "\n")
    let error = try #require(throws: PlanFileError.self) {
      try PlanDesk(tables: MadeUpTables.imported(text, name: "remarks.txt"))
    }
    #expect(error.description.hasPrefix("rarc: the list lacks N122, which decisions are written with"))
  }
}
