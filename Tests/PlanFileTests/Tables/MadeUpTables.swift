import ClaimFormats
import ClaimsDomain
import Testing

/// Small tables in the formats that CMS publishes, imported like real ones.
enum MadeUpTables {
  static func imported(_ text: String, name: String, by reading: TableImport = TableImport()) throws -> [TableEdition] {
    try reading.read(Array(text.utf8), name: name).editions
  }

  /// Imports rows of an RVU file for 2026: code, modifier, status, the RVUs (work, expense, expense in a facility,
  /// malpractice), and the indicators (multiple, bilateral, assistant, co-surgeon, team, endoscopic base).
  static func relativeValues(_ rows: [String], year: Int = 2026, month: String = "JAN") throws -> [TableEdition] {
    let header = """
      hcpcs,mod,status,work_rvu,nonfac_pe_rvu,fac_pe_rvu,mp_rvu,mult_proc,bilat,asst_surg,co_surg,team_surg,endo_base,\
      nonfac_na,fac_na,pctc_ind,glob_days,conv_factor

      """
    let body = rows.map { $0 + ",,,\($0.contains(",26,") || $0.contains(",TC,") ? 1 : 0),XXX,32.3465\n" }.joined()
    return try imported(header + body, name: "PPRRVU\(year)_\(month).csv")
  }

  /// Imports rows with a global package: code, global days, and the shares before, during and after the operation. Each
  /// package is worth 100.00 at a conversion factor of 50.00.
  static func packages(_ rows: [String]) throws -> [TableEdition] {
    let header = """
      hcpcs,glob_days,preop_pct,intraop_pct,postop_pct,mod,status,work_rvu,nonfac_pe_rvu,nonfac_na,fac_pe_rvu,fac_na,mp_rvu,\
      pctc_ind,mult_proc,bilat,asst_surg,co_surg,team_surg,endo_base,conv_factor

      """
    return try imported(
      header + rows.map { $0 + ",,A,2,0,,0,,0,0,2,0,2,2,2,,50\n" }.joined(), name: "PPRRVU2026_JAN.csv")
  }

  /// Imports rows of codes and base units.
  static func baseUnits(_ rows: [String], year: Int = 2026) throws -> [TableEdition] {
    try imported("CPT Code,\(year) Base Units\n" + rows.map { $0 + "\n" }.joined(), name: "\(year)anesBASEfin.csv")
  }

  /// Published rows of 2025: the visits and the chest film of cases P1 and P2.
  static let officeVisits = [
    "99213,,A,1.3,1.35,0.57,0.1,0,0,0,0,0,", "99214,,A,1.92,1.8,0.83,0.15,0,0,0,0,0,",
    "99203,,A,1.6,1.61,0.69,0.16,0,0,0,0,0,", "71046,,A,0.22,0.77,0.77,0.02,0,0,0,0,0,",
    "71046,TC,A,0,0.69,0.69,0.01,0,0,0,0,0,", "71046,26,A,0.22,0.08,0.08,0.01,0,0,0,0,0,",
  ]

  static func pairs(_ rows: [String]) throws -> [TableEdition] {
    let header = "column1\tcolumn2\tpre1996\teffective\tdeletion\tmodifier_ind\trationale\n"
    let body = rows.map { $0.replacing(" ", with: "\t") + "\tany\n" }.joined()
    return try imported(header + body, name: "ccipra-v320r0-f1.txt")
  }

  /// Imports rows of code, units and MAI.
  static func units(_ rows: [String]) throws -> [TableEdition] {
    let header = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
    return try imported(
      header + rows.map { $0 + ",any\n" }.joined(), name: "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv")
  }

  static func addOns(_ rows: [String]) throws -> [TableEdition] {
    let header =
      "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\t"
      + "Special_Instruction_Notes\n"
    return try imported(
      header + rows.map { $0.replacing(" ", with: "\t") + "\t\n" }.joined(), name: "AOC_V2026Q1-MCR.txt")
  }

  static func diagnoses(_ codes: [String], name: String = "icd10cm_codes_2026.txt") throws -> [TableEdition] {
    try imported(codes.map { $0 + "\n" }.joined(), name: name)
  }

  static func placesOfService() throws -> [TableEdition] {
    try imported("11\n21\n22\n81\n", name: "places.txt")
  }
}

/// A claim line for tests of the tables.
struct TestedLine {
  var code: String
  var modifiers: [String] = []
  var charge = "1000"
  var units = 1
  var place = "11"
  var revenue: String?
  var basis: UnitsBasis?

  init(_ code: String, _ modifiers: String..., charge: String = "1000", units: Int = 1, place: String = "11") {
    self.code = code
    self.modifiers = modifiers
    self.charge = charge
    self.units = units
    self.place = place
  }

  static func minutes(_ minutes: Int, _ code: String, _ modifiers: String...) -> TestedLine {
    var line = TestedLine(code, units: minutes)
    line.modifiers = modifiers
    line.basis = .minutes
    return line
  }

  /// Makes a line of an institutional claim.
  init(revenue: String, charge: String, units: Int = 1) {
    code = ""
    self.charge = charge
    self.units = units
    self.revenue = revenue
  }

  func line(_ number: Int, on day: CalendarDate) throws -> ServiceLine {
    ServiceLine(
      number: number, procedure: code.isEmpty ? nil : ProcedureCode(code: code, modifiers: modifiers),
      revenueCode: revenue, charge: try Money(parsing: charge), units: Units(units), placeOfService: place,
      serviceDates: DateRange(day), basis: basis)
  }
}

extension PlanDesk {
  static func claim(_ lines: [TestedLine], on day: String = "2026-03-02") throws -> SubmittedClaim {
    var claim = try claim([] as [String], on: day)
    let date = try #require(CalendarDate(parsing: day))
    claim.lines = try lines.enumerated().map { try $1.line($0 + 1, on: date) }
    claim.charge = try claim.lines.map(\.charge).total()
    return claim
  }

  mutating func decide(_ lines: TestedLine..., on day: String = "2026-03-02") throws -> Decision {
    try decide(Self.claim(lines, on: day))
  }

  /// Returns the reason why the claim waits for a person; nil if it was decided.
  mutating func suspense(_ lines: TestedLine..., on day: String = "2026-03-02") throws -> SuspenseReason? {
    do {
      _ = try decide(Self.claim(lines, on: day))
      return nil
    } catch AdjudicationFailure.suspended(let suspense) {
      return suspense.reason
    }
  }
}

extension Decision {
  /// The outcome of each line, such as `1 CO-236` or `1 paid 20.00`.
  var outcomes: [String] {
    lines.map { line in
      let denial = line.adjustments.first.map { $0.code + ($0.remark.map { " \($0)" } ?? "") } ?? ""
      return line.isDenied ? "\(line.number) \(denial)" : "\(line.number) paid \(line.paid)"
    }
  }
}
