import BankSimulator
import Foundation
import TestSupport
import Testing

@Suite(
  "Claims are decided as an examiner would decide them",
  .enabled(if: SharedCases.folder != nil, "no cases: set PAIDONCE_CASES"))
struct ExaminerCaseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let file: String
    /// The outcome by claim number: the status, and for a paid claim the plan's payment.
    let ends: [String: String]
    var testDescription: String { "\(id) \(file)" }
  }

  static let cases = [
    Case(id: "W1", file: "REL/claim", ends: ["REL-1": "paid 60.00"]),
    Case(
      id: "W2", file: "F1/claim",
      ends: ["F1-26-59": "paid 10.03", "F1-26-GA": "paid 10.03", "F1-RR-KH": "paid 68.40", "F1-RR-KX": "paid 68.40"]),
    Case(
      id: "W2", file: "MO/claim",
      ends: ["MO-1": "paid 68.40", "MO-2": "paid 68.40", "MO-3": "paid 68.40", "MO-5": "paid 10.03"]),
    Case(
      id: "W5", file: "ORD/claim",
      ends: ["ORD-PS": "paid 10.00", "ORD-SP": "paid 10.00", "ORD-afterus": "suspended"]),
    Case(id: "W6", file: "C8/claim", ends: ["C8-T-noS": "suspended", "C8-S-of-3": "paid 40.00"]),
    Case(id: "W7", file: "F3/pre", ends: ["F3-PRE": "rejected"]),
    Case(id: "W8", file: "F3/enc", ends: ["F3-ENC": "denied"]),
    Case(id: "W8", file: "F3/test", ends: ["F3-T": "denied"]),
    Case(id: "W9", file: "RFI1696-basic/claim", ends: ["RF-basic": "paid 65.00"]),
    Case(id: "W14", file: "NC/claim", ends: ["NC-muespan": "paid 300.00", "NC-mue3": "denied"]),
    Case(
      id: "W15", file: "PD/claim",
      ends: ["PD-4u": "paid 3600.00", "PD-2rooms": "paid 3600.00", "PD-2rooms4": "paid 3600.00"]),
    Case(
      id: "W16", file: "CB/claim",
      ends: ["CB-prim-told": "suspended", "CB-3p": "paid 10.00", "CB-3p-sec-missing": "suspended"]),
    Case(id: "W19", file: "F3/noassign", ends: ["F3-NOAS": "suspended"]),
  ]

  private static func office(_ file: String) throws -> (Office, [String]) {
    let folder = try #require(SharedCases.folder).appending(path: "examiner")
    let office = try Office()
    try office.write(Array(try Data(contentsOf: folder.appending(path: "\(file).837"))), to: "in.837")
    let name = file.split(separator: "/")[0]
    return (office, ["--plans", folder.appending(path: "\(name)/plans").path, "--enroll", "EX"])
  }

  /// Copies the plans of a case, without its tables.
  private static func copyPlans(_ options: [String], in office: Office) throws {
    let folder = URL(filePath: options[1])
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name != "tables" {
      try office.write(Array(try Data(contentsOf: folder.appending(path: name))), to: "rules/\(name)")
    }
  }

  @Test(arguments: cases)
  func `every case ends as is right`(_ item: Case) async throws {
    let (office, options) = try Self.office(item.file)
    let run = try await office.process(["in.837", "--received", "2026-04-01", "--output", "json"] + options)
    let reports = try run.reports()
    for (number, end) in item.ends {
      let report = reports.first { $0.claimNumber == number }
      let found = report.map { $0.status == "paid" ? "paid \($0.planPaid ?? "")" : $0.status }
      #expect(found == end, "\(number): \(run.text)\(run.errors)")
    }
    if item.id == "W9" {
      #expect(run.text.contains(#"{"group":"OA","code":"23","amount":"425.00"}"#), "\(run.text)")
      #expect(run.text.contains(#"{"group":"CO","code":"45","amount":"10.00"}"#), "\(run.text)")
    }
    if ["W7", "W8", "W19"].contains(item.id) { try await office.bankPaid(0) }
  }

  /// W4 and FM, by the RVU file of 2025, which we may not publish.
  private static let byFile: [(file: String, ends: [String: String])] = [
    (
      "T28/claim",
      [
        "TT28-10": "paid 10.03", "TT28-11": "paid 10.03", "TT28-12": "paid 22.64", "TT28-13": "paid 417.40",
        "TT28-14": "paid 104.35", "TT28-15": "paid 365.23", "TT28-16": "suspended", "TT28-17": "suspended",
        "TT28-23": "suspended", "TT28-24": "paid 88.95",
      ]
    ),
    ("MG/claim", ["MG-1": "paid 521.75", "MG-6": "paid 417.40", "MG-7": "paid 104.35"]),
    ("FM/claim", ["FM-1": "paid 10.03", "FM-2": "paid 10.03"]),
  ]

  @Test(
    .enabled(if: SharedCases.reference("mpfs_2025_jan_rvu_NO_DESCRIPTIONS.csv") != nil, "no files: set PAIDONCE_CASES"),
    arguments: byFile)
  func `what a modifier makes of a price stands in the RVU file, or a person says it`(
    file: String, ends: [String: String]
  ) async throws {
    let (office, options) = try Self.office(file)
    let table = try #require(SharedCases.reference("mpfs_2025_jan_rvu_NO_DESCRIPTIONS.csv"))
    try Self.copyPlans(options, in: office)
    try office.write(Array(try Data(contentsOf: table)), to: "PPRRVU25_JAN.csv")
    _ = try await office.claims(["rules", "import", "--into", "rules", "PPRRVU25_JAN.csv"])
    let run = try await office.process([
      "in.837", "--received", "2026-04-01", "--output", "json", "--plans", "rules", "--enroll", "EX",
    ])
    let reports = try run.reports()
    for (number, end) in ends {
      let report = reports.first { $0.claimNumber == number }
      #expect(
        report.map { $0.status == "paid" ? "paid \($0.planPaid ?? "")" : $0.status } == end, "\(number): \(run.text)")
    }
  }

  @Test func `W3: anesthesia is priced by base units, minutes and the conversion factor, and waits without them`()
    async throws
  {
    let (office, options) = try Self.office("AN/claim")
    let received = ["--received", "2026-04-01", "--output", "json"]
    let without = try await office.process(["in.837", "--store", "sqlite:other.db"] + received + options)
    #expect(try without.reports().map(\.status) == ["suspended"], "\(without.text)\(without.errors)")
    try Self.copyPlans(options, in: office)
    try office.write("CPT Code,2026 Base Units\n142,4\n840,6\n", to: "2026anesBASEfin.csv")
    let imported = try await office.claims(["rules", "import", "--into", "rules", "2026anesBASEfin.csv"])
    #expect(
      imported.text.contains("anesthesia base units, 2026-01-01 to 2026-12-31, 2 rows: added"), "\(imported.text)")
    let plan = try String(contentsOf: URL(filePath: options[1]).appending(path: "EX.yaml"), encoding: .utf8)
    let anesthesia = "{fee_schedule: fs, anesthesia: {conversion_factors: [{year: 2026, amount: \"21.50\"}]}}"
    try office.write(plan.replacing("{fee_schedule: fs}", with: anesthesia), to: "rules/EX.yaml")
    let run = try await office.process(["in.837", "--plans", "rules", "--enroll", "EX"] + received)
    #expect(try run.reports().map(\.planPaid) == ["150.50"], "\(run.text)\(run.errors)")
    // A day has one anesthesia, however many claims and providers bill it; two providers may have given it together.
    let first = String(decoding: try office.bytes(of: "in.837"), as: UTF8.self)
    func bill(_ number: Int, by npi: String, _ procedure: String, on day: String) async throws -> Ended {
      let text = first.replacing("AN-1", with: "AN-\(number)").replacing("EX1", with: "EX\(number)")
        .replacing("1234567893", with: npi).replacing("HC:00142:QZ", with: "HC:\(procedure)")
        .replacing("20260310", with: day)
      try office.write(text, to: "\(number).837")
      return try await office.process(["\(number).837", "--plans", "rules", "--enroll", "EX"] + received)
    }
    let (us, colleague) = ("1234567893", "1730165590")
    let second = try await bill(2, by: us, "00840:QZ", on: "20260310")
    #expect(try second.reports().map(\.status) == ["suspended"], "\(second.text)\(second.errors)")
    let listed = try await office.claims(["suspense", "list"])
    let paid = String(try #require(run.text.firstMatch(of: /CLM-[0-9a-f]+/)?.output))
    #expect(
      listed.text.contains("price-by-report") && listed.text.contains("(line 1)")
        && listed.text.contains("compare \(paid)"), "\(listed.text)")
    for (number, procedure) in [(3, "00142:AA"), (4, "00142:QX")] {
      let other = try await bill(number, by: colleague, procedure, on: "20260310")
      #expect(try other.reports().map(\.status) == ["suspended"], "\(other.text)\(other.errors)")
    }
    let shares = [(us, "00142:QK", "75.25"), (colleague, "00142:QX", "75.25"), ("1245319599", "00142:QX", nil)]
    for (offset, (npi, procedure, paid)) in shares.enumerated() {
      let share = try await bill(5 + offset, by: npi, procedure, on: "20260311")
      #expect(try share.reports().map(\.planPaid) == [paid], "\(procedure): \(share.text)\(share.errors)")
    }
    try await office.verifiesClean("--plans", "rules")
  }

  @Test func `W13: a member file never undoes an enrollment transaction`() async throws {
    let (office, options) = try Self.office("RTa/claim")
    let folder = try #require(SharedCases.folder).appending(path: "examiner/RTa")
    for name in ["t.834", "after.837"] {
      try office.write(Array(try Data(contentsOf: folder.appending(path: name))), to: name)
    }
    let received = ["--received", "2026-04-06", "--output", "json"]
    let first = try await office.process(["in.837"] + received + options)
    #expect(try first.reports().map(\.status) == ["paid"], "\(first.text)\(first.errors)")
    let ended = try await office.claims(["enroll", "t.834", "--plan", "EX"] + options.prefix(2))
    let intake = String(try #require(first.text.firstMatch(of: /CLM-[0-9a-f]+/)?.output))
    #expect(
      ended.text.contains(intake),
      "the claim that was decided by this coverage is not listed: \(ended.text)\(ended.errors)")
    let after = try await office.process(["after.837"] + received + options)
    #expect(
      try after.reports().map(\.status) == ["denied"] && after.text.contains(#""group":"PR","code":"27""#),
      "\(after.text)")
    #expect(
      after.errors.contains("1 member of the member files differ from an enrollment transaction"), "\(after.errors)")
    let adjusted = try await office.claims(
      ["adjust", intake, "--cause", "coverage", "--by", "examiner", "--reason", "coverage ended"] + options.prefix(2))
    #expect(adjusted.way == .exited(0), "\(adjusted.text)\(adjusted.errors)")
    let recovered = try await office.claims(["show", intake])
    #expect(recovered.text.contains("replaced"), "\(recovered.text)")
    #expect(try await office.claims(["verify"]).way == .exited(0))
  }

  @Test func `a limit of one calendar year ends on the same day of the next year`() async throws {
    let folder = try #require(SharedCases.folder).appending(path: "examiner/TF")
    for name in ["20240115-2025-01-15", "20240229-2025-02-28", "20240229-2025-03-01", "20250115-2026-01-16"] {
      let (office, _) = try Self.office("TF/\(name)")
      let plan = try String(contentsOf: folder.appending(path: "plans/EX.yaml"), encoding: .utf8)
      try office.write(plan.replacing("timely_filing_days: 365", with: "timely_filing_years: 1"), to: "rules/EX.yaml")
      let received = String(name.drop { $0 != "-" }.dropFirst())
      let run = try await office.claims([
        "process", "in.837", "--plans", "rules", "--enroll", "EX", "--received", received, "--output", "json",
      ])
      let isInTime = ["20240115-2025-01-15", "20240229-2025-02-28"].contains(name)
      #expect(try run.reports().map(\.status) == [isInTime ? "paid" : "denied"], "\(name): \(run.text)\(run.errors)")
    }
  }

  @Test func `a replacement that comes too late leaves the original standing`() async throws {
    let (office, options) = try Self.office("LR/a")
    let folder = try #require(SharedCases.folder).appending(path: "examiner/LR")
    // A year earlier than in the case, so that the day on which it is too late has come.
    func earlier(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self).replacing(
        "202603", with: "202503")
    }
    try office.write(try earlier("a.837"), to: "in.837")
    let first = try await office.process(["in.837", "--received", "2025-04-01", "--output", "json"] + options)
    let key = try #require(try first.reports().first { $0.claimNumber == "LR-A" }?.keys.payment)
    let original = String(key.split(separator: ":")[2])
    try office.write(
      try earlier("b.837").replacing("CLM-f76e65a3fa27b69bbc88", with: original), to: "late.837")
    let paid = try await office.bank().transfers().count
    let run = try await office.claims(
      ["process", "late.837", "--received", "2026-04-01", "--output", "json"] + options)
    let report = try run.reports().first { $0.claimNumber == "LR-A" }
    #expect(report?.status == "suspended", "\(run.text)\(run.errors)")
    #expect(report?.reason?.text.contains("too late") == true, "\(run.text)")
    #expect(try await office.bank().transfers().count == paid)
    let show = try await office.claims(["show", original])
    #expect(show.text.contains("paid") && !show.text.contains("replaced"), "\(show.text)\(show.errors)")
  }
}
