import Foundation
import PaymentGateway
import TestSupport
import Testing

@Suite(
  "What an examiner would decide is what is decided",
  .enabled(if: SharedCases.folder != nil, "no cases: set PAIDONCE_CASES"))
struct ExaminerCaseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let id: String
    let file: String
    /// By claim number: status, and what the plan pays of one that is paid.
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
    _ = try await office.process(["in.837", "--received", "2026-04-01"] + options)
    try office.write(Array(try Data(contentsOf: folder.appending(path: "b.837"))), to: "late.837")
    let paid = try await office.bank().transfers().count
    let run = try await office.claims(
      ["process", "late.837", "--received", "2027-04-01", "--output", "json"] + options)
    let report = try run.reports().first { $0.claimNumber == "LR-A" }
    #expect(report?.status == "suspended", "\(run.text)\(run.errors)")
    #expect(report?.reason?.text.contains("too late") == true, "\(run.text)")
    #expect(try await office.bank().transfers().count == paid)
    let show = try await office.claims(["show", "CLM-f76e65a3fa27b69bbc88"])
    #expect(show.text.contains("paid") && !show.text.contains("replaced"), "\(show.text)\(show.errors)")
  }
}
