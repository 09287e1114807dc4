import ClaimFormats
import Foundation
import TestSupport
import Testing

@Suite("claims check reads files, says all that is wrong at once, and writes nothing")
struct CheckTests {
  /// A plan without a fault.
  static let good = """
    id: MINE
    name: My plan
    version: "1"
    deductible: {individual: 100, family: 200, embedded: true}
    out_of_pocket_maximum: {individual: 1000, family: 2000, embedded: true}
    coinsurance: 20%
    cost_share_order: deductible-first
    timely_filing_days: 90
    pricing: {fee_schedule: mine}

    """

  /// A folder with a plan, its fees, and a member.
  private static func rules(in office: Office, plan: String = good) throws {
    try office.write(plan, to: "rules/mine.yaml")
    try office.write(
      "code,modifiers,amount,effective,termination\nG0463,,100.00,2026-01-01,\n", to: "rules/fees/mine.csv")
    try office.write(
      "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"
        + "M1,,Ada,Example,1980-01-01,self,MINE,2026-01-01,\n", to: "rules/members/members.csv")
  }

  @Test("a file of claims is told by its content, with how many claims are good")
  func claims() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "claims.txt")
    let checked = try await office.claims(["check", "claims.txt"])
    #expect(checked.way == .exited(65), "\(checked.text)\(checked.errors)")
    #expect(
      checked.text == """
        claims.txt: segment 195, CLM02: claim DEMO-014: the claim's charge is 200.00, but its lines add up to 180.00
        claims.txt: X12 837, 15 claims (1 with errors): 1 error

        """)
    #expect(try FileManager.default.contentsOfDirectory(atPath: office.folder) == ["claims.txt"])
  }

  @Test("a folder with rules, a payer and claims is checked whole, and each part is told as what it is")
  func folder() async throws {
    let office = try Office()
    try Self.rules(in: office)
    _ = try await office.claims(["new", "payer", "--out", "rules/payer.yaml"])
    try office.write(SampleClaims.text, to: "rules/claims.txt")
    let checked = try await office.claims(["check", "rules"])
    #expect(checked.way == .exited(65), "\(checked.text)\(checked.errors)")
    for line in [
      "rules: rules, 1 plan, 1 fee schedule, 1 member: good", "rules/payer.yaml: payer: good",
      "rules/claims.txt: X12 837, 15 claims (1 with errors): 1 error",
    ] { #expect(checked.text.split(separator: "\n").contains { $0 == line }, "\(line) in \(checked.text)") }
    let run = try await office.claims(["process", "rules/claims.txt", "--plans", "rules"])
    #expect(run.text.contains("15 claims in"), "a payer beside plans is none of them: \(run.errors)")
  }

  @Test("a folder of a payer alone is no folder of rules")
  func payerAlone() async throws {
    let office = try Office()
    _ = try await office.claims(["new", "payer", "--out", "own/payer.yaml"])
    #expect(try await office.claims(["check", "own"]).text == "own/payer.yaml: payer: good\n")
  }

  @Test(
    "says what a spreadsheet program has saved in place of CSV",
    arguments: [
      ("semicolons", "its values are separated by semicolons"), ("tabs", "its values are separated by tabs"),
      ("UTF-16", "the file is UTF-16 text"), ("xlsx", "the file is a spreadsheet, not CSV"),
    ])
  func spreadsheets(form: String, reason: String) async throws {
    let office = try Office()
    try Self.rules(in: office)
    let table = "code,modifiers,amount,effective,termination\nG0463,,100.00,2026-01-01,\n"
    let bytes: [UInt8] =
      switch form {
      case "semicolons": Array(table.replacing(",", with: ";").utf8)
      case "tabs": Array(table.replacing(",", with: "\t").utf8)
      case "UTF-16": [0xFF, 0xFE] + table.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
      default: Array("PK\u{3}\u{4}".utf8) + [0, 0, 8, 8]
      }
    try office.write(bytes, to: "rules/fees/mine.csv")
    let checked = try await office.claims(["check", "rules"])
    #expect(
      checked.text.hasPrefix(
        "rules/fees/mine.csv: \(reason); save it as CSV in UTF-8, with commas between the values\n"),
      "\(checked.text)")
  }

  @Test("files of rules are read whatever the case of their extension, empty rows are passed over, others are named")
  func extensions() async throws {
    let office = try Office()
    try Self.rules(in: office)
    try FileManager.default.moveItem(
      atPath: office.path("rules/fees/mine.csv"), toPath: office.path("rules/fees/mine.CSV"))
    let members = try String(contentsOfFile: office.path("rules/members/members.csv"), encoding: .utf8)
    try office.write(members + ",,,,,,,,\n", to: "rules/members/members.csv")
    let good = try await office.claims(["check", "rules"])
    #expect(good.text == "rules: rules, 1 plan, 1 fee schedule, 1 member: good\n", "\(good.text)")
    try office.write("PK\u{3}\u{4}", to: "rules/fees/other.xlsx")
    let other = try await office.claims(["check", "rules"])
    #expect(other.way == .exited(0))
    #expect(
      other.text.contains("\nrules/fees/other.xlsx: warning: a spreadsheet is not read; save it"), "\(other.text)")
    #expect(other.text.contains("\nrules/fees/other.xlsx: spreadsheet: not checked, 1 warning\n"), "\(other.text)")
    #expect(try await office.claims(["check", "rules/fees/other.xlsx"]).way == .exited(65), "it was named")
  }

  @Test("a fault in the plans that are given keeps no other file from being checked")
  func faultyPlans() async throws {
    let office = try Office()
    try Self.rules(in: office, plan: Self.good.replacing("coinsurance", with: "coinsurence"))
    try office.write(SampleClaims.text, to: "claims.837")
    let checked = try await office.claims(["check", "claims.837", "--plans", "rules", "--received", "2026-04-01"])
    #expect(checked.way == .exited(65))
    #expect(checked.text.contains("rules/mine.yaml: line ") && checked.text.contains("coinsurence"), "\(checked.text)")
    #expect(checked.text.contains("claims.837: X12 837, 15 claims (1 with errors): 1 error"), "\(checked.text)")
    let both = try await office.claims(["check", "rules", "claims.837", "--plans", "rules"])
    #expect(both.text.split(separator: "\n").count { $0.contains("coinsurence") } == 1, "told once: \(both.text)")
    #expect(try await office.claims(["check", "claims.837", "--plans", "none"]).way == .exited(65))
  }

  @Test("members by themselves are checked against the plans that are given")
  func membersAlone() async throws {
    let office = try Office()
    try Self.rules(in: office)
    let members = try String(contentsOfFile: office.path("rules/members/members.csv"), encoding: .utf8)
    try office.write(members.replacing(",MINE,", with: ",NIME,"), to: "alone/members.csv")
    let bad = try await office.claims(["check", "alone/members.csv", "--plans", "rules"])
    #expect(bad.way == .exited(65))
    #expect(bad.text.contains("line 2: there is no plan of this plan_id; known are MINE"), "\(bad.text)")
    try office.write(members, to: "alone/members.csv")
    for plans in [["--plans", "rules"], []] {
      let good = try await office.claims(["check", "alone/members.csv"] + plans)
      #expect(good.text == "alone/members.csv: members: good\n", "\(good.text)")
    }
    try office.write(members, to: "rules/members/more.csv")
    let twice = try await office.claims(["check", "rules"]).text
    #expect(twice.contains("more.csv: members of this file that members/members.csv has too: 1; keep each"), "\(twice)")
  }

  @Test("what a file says about a person is quoted nowhere, even where it stands in another's place")
  func outOfPlace() async throws {
    let office = try Office()
    try Self.rules(in: office)
    let members = try String(contentsOfFile: office.path("rules/members/members.csv"), encoding: .utf8)
    for text in [
      members.replacing("1980-01-01,self,MINE", with: "self,MINE,1980-01-01"),
      members.replacing("termination\n", with: "termination,"),
      members.replacing("first,last", with: "first,plan_id").replacing(
        "relationship,plan_id", with: "relationship,last"),
    ] {
      #expect(text != members)
      try office.write(text, to: "rules/members/members.csv")
      let checked = try await office.claims(["check", "rules"])
      #expect(checked.way == .exited(65))
      for value in ["1980-01-01", "Ada", "Example", "M1"] {
        #expect(!checked.text.contains(value), "\(value) in \(checked.text)")
      }
    }
  }

  @Test("what a guide does not allow, and no claim is rejected for, is a warning, told once with how often it is there")
  func deviations() async throws {
    let office = try Office()
    let text = ManyClaims(count: 3, seed: 75).text
    let odd = text.replacing(/DMG\*D8\*([0-9]{8})\*[FM]/) { "DMG*D8*\($0.1)*Q" }
    #expect(odd != text)
    try office.write(odd, to: "odd.837")
    let checked = try await office.claims(["check", "odd.837"])
    #expect(checked.way == .exited(0), "\(checked.text)")
    let lines = checked.text.split(separator: "\n")
    #expect(lines.count { $0.contains("DMG03: warning: its code is none that the guide has for it") } == 1, "\(lines)")
    #expect(lines.last == "odd.837: X12 837, 3 claims: good, 1 warning", "\(checked.text)")
  }

  @Test("a claim that is cut off in its lines is not told a wrong sum")
  func cutOff() async throws {
    let office = try Office()
    let text = SampleClaims.text
    let end = try #require(text.firstRange(of: "LX*2")?.lowerBound)
    try office.write(String(text[..<end]), to: "cut.837")
    let checked = try await office.claims(["check", "cut.837"])
    #expect(checked.way == .exited(65) && !checked.text.contains("add up"), "\(checked.text)")
  }

  @Test("a level that is none is told as that, and not each segment after it as one out of place")
  func lostLevel() async throws {
    let office = try Office()
    let question = [
      "HL*3*2*22*0", "TRN*1*T-1*9123456789", "NM1*IL*1*A*B****MI*M1", "DTP*291*D8*20260401", "EQ*30",
    ]
    let inquiry = EligibilityTests.inquiry(question)
    let damaged = inquiry.replacing("HL*2*1*21", with: "HL*2*1*2X")
    #expect(damaged != inquiry)
    try office.write(damaged, to: "in.270")
    let checked = try await office.claims(["check", "in.270"])
    let lines = checked.text.split(separator: "\n")
    #expect(lines.count { $0.contains("HL03: the hierarchical level is none of 20, 21, 22 and 23") } == 1, "\(lines)")
    #expect(lines.count <= 4 && !checked.text.contains("has no such segment"), "\(checked.text)")
  }

  @Test("a person whom enroll would pass over is a warning")
  func passedOver() async throws {
    let office = try Office()
    let person = EnrollmentFile.subscriber("021", "MANY1") + ["HD*021**HLT*NOPLAN*FAM", "DTP*348*D8*20260101"]
    try office.write(EnrollmentFile(people: person).text, to: "in.834")
    let checked = try await office.claims(["check", "in.834"])
    #expect(checked.way == .exited(0))
    #expect(checked.text.contains("warning: enroll passes over this person: "), "\(checked.text)")
  }

  @Test("a file that only another command reads is not called good")
  func notChecked() async throws {
    let office = try Office()
    try office.write("%PDF-1.7\nno more of it", to: "form.pdf")
    try office.write(ManyClaims(count: 1, seed: 9).text, to: "one.837")
    let checked = try await office.claims(["check", "form.pdf", "one.837"])
    #expect(checked.way == .exited(0))
    #expect(checked.text.contains("form.pdf: paper form: not checked, 1 warning\n"), "\(checked.text)")
    #expect(checked.text.hasSuffix("\n2 files: 1 not checked, the others good\n"), "\(checked.text)")
    let json = try await office.claims(["check", "form.pdf", "--output", "json"]).text
    #expect(json.contains(#""checked":false"#), "\(json)")
  }

  @Test("with --received file, the day that a file states hides no other fault, and no other hides it")
  func dayAndOthers() async throws {
    let office = try Office()
    let text = ManyClaims(count: 1, seed: 74).text.replacing("*20260401*0900*CH", with: "*20991231*0900*CH")
    let day = "segment 4, BHT04: claim MANY-1: it says 2099-12-31"
    for (broken, fault) in [
      (text.replacing("DTP*472*D8*2026", with: "DTP*472*D8*2098"), "a date of service after"),
      (text.replacing("DTP*472*D8*2026", with: "DTP*472*D8*1"), "DTP03"),
    ] {
      #expect(broken != text)
      try office.write(broken, to: "in.837")
      let checked = try await office.claims(["check", "in.837", "--received", "file"])
      #expect(checked.way == .exited(65))
      #expect(checked.text.contains(day), "\(checked.text)")
      let others = checked.text.split(separator: "\n").filter { !$0.contains("BHT04") }
      #expect(others.contains { $0.contains(fault) }, "\(checked.text)")
    }
  }

  @Test("a path at which there is nothing does not keep the others from being checked")
  func nothingThere() async throws {
    let office = try Office()
    try office.write(ManyClaims(count: 3, seed: 7).text, to: "good.837")
    try FileManager.default.createDirectory(atPath: office.path("empty"), withIntermediateDirectories: true)
    let checked = try await office.claims(["check", "missing.837", "empty", "good.837"])
    #expect(checked.way == .exited(65))
    #expect(
      checked.text == """
        missing.837: there is no such file or folder
        missing.837: 1 error
        empty: the folder has no files in it; name a folder with claims
        empty: 1 error
        good.837: X12 837, 3 claims: good
        3 files: 2 errors

        """)
  }

  @Test("tells all that intake refuses in a claim, not only what it meets first")
  func rulesOfIntake() async throws {
    let office = try Office()
    let claim = try await office.claims(["new", "claim"]).text
    let text = claim.replacing("\"charge\": \"190.00\"", with: "\"charge\": \"195.00\"")
      .replacing(/"units": "[14]"/, with: "\"units\": \"0\"")
    try office.write(text, to: "mine.json")
    let checked = try await office.claims(["check", "mine.json"])
    for reason in ["line 1 has no units", "line 2 has no units", "its lines add up to 190.00"] {
      #expect(checked.text.contains(reason), "\(checked.text)")
    }
  }

  @Test("says that there is more wrong than it lists, and where")
  func cutShort() async throws {
    let office = try Office()
    let row = "M1,,Ada,Example,1980-13-01,self,MINE,2026-01-01,\n"
    try Self.rules(in: office)
    try office.write(
      "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"
        + String(repeating: row, count: 120), to: "rules/members/members.csv")
    let checked = try await office.claims(["check", "rules"])
    #expect(checked.text.contains("members.csv: line 102: more is wrong from here on"), "\(checked.text)")
  }

  @Test("names the claim, unless what is wrong stands above several")
  func named() async throws {
    let office = try Office()
    let claims = ManyClaims(count: 3, seed: 7).text
    try office.write(claims.replacing("CLM*MANY-2*", with: "CLM*MANY-2*x"), to: "one.837")
    let one = try await office.claims(["check", "one.837"])
    #expect(one.text.contains("CLM02: claim MANY-2: an amount must look like"), "\(one.text)")
    let biller = try #require(claims.firstMatch(of: /NM1\*85\*2\*[^*]*/))
    try office.write(claims.replacing(String(biller.0), with: "NM1*85*2*"), to: "all.837")
    let all = try await office.claims(["check", "all.837", "--output", "json"])
    let findings = all.jsonLines.filter { $0.contains("\"severity\"") }
    #expect(all.way == .exited(65) && !findings.isEmpty, "\(all.text)")
    for finding in findings { #expect(finding.contains("\"claim\":null"), "\(all.text)") }
  }

  @Test("tells all that is wrong with a person, in an 834 and in a FHIR Coverage")
  func people() async throws {
    let office = try Office()
    let coverage = ["HD*021**HLT*PPO*FAM", "DTP*348*D8*20260230"]
    let person = EnrollmentFile.subscriber("021", "MANY1").map { $0.replacing("19900721", with: "19901321") }
    try office.write(EnrollmentFile(people: person + coverage).text, to: "in.834")
    let enrollment = try await office.claims(["check", "in.834"])
    #expect(enrollment.text.contains("DMG02: the date does not exist\n"), "\(enrollment.text)")
    #expect(enrollment.text.contains("DTP03: the date does not exist\n"), "\(enrollment.text)")
    #expect(enrollment.text.contains("1 member (1 with errors): 2 errors\n"), "\(enrollment.text)")
    let enrolled = try await office.claims(["enroll", "in.834"])
    #expect(enrolled.complaints.count == 1 && enrolled.errors.contains("`claims check` tells"), "\(enrolled.errors)")

    let whole = try FHIRFixture.text("coverage.json")
    try office.write(whole, to: "good.json")
    #expect(try await office.claims(["check", "good.json"]).text == "good.json: FHIR Coverages, 2 members: good\n")
    let text =
      whole
      .replacing("\"period\": {\n          \"start\": \"2026-01-01\"", with: "\"period\": {\"start\": \"2026-13-01\"")
      .replacing("\"status\": \"active\"", with: "\"status\": \"draft\"")
      .replacing("\"birthDate\": \"1979-04-02\"", with: "\"birthDate\": \"1979-04-0x\"")
    try office.write(text, to: "in.json")
    let resources = try await office.claims(["check", "in.json"])
    for place in ["Coverage.period.start", "Coverage.status", "Patient.birthDate"] {
      #expect(resources.text.contains("\(place): "), "\(resources.text)")
    }
    #expect(!resources.text.contains("cannot be identified"), "\(resources.text)")
  }

  @Test(
    "coverage without the days that it needs is refused as enroll refuses it",
    arguments: [
      (["HD*021**HLT*PPO*FAM"], "the coverage has no first day (DTP*348 or 356)"),
      (["HD*021**HLT*PPO*FAM", "DTP*348*D8*20260301", "DTP*349*D8*20260101"], "the coverage ends before it begins"),
      (["HD*024**HLT*PPO*FAM"], "the coverage ends, and no day says when (DTP*349 or 357)"),
    ])
  func days(of coverage: [String], reason: String) async throws {
    let office = try Office()
    let person = EnrollmentFile.subscriber(String(coverage[0].dropFirst(3).prefix(3)), "MANY1") + coverage
    try office.write(EnrollmentFile(people: person).text, to: "one.834")
    let checked = try await office.claims(["check", "one.834"])
    #expect(checked.way == .exited(65) && checked.text.contains(reason), "\(checked)")
    let enrolled = try await office.claims(["enroll", "one.834", "--store", "sqlite:claims.db"])
    #expect(enrolled.way == .exited(65) && enrolled.errors.contains(reason), "\(enrolled)")
  }

  @Test("a wrong count of segments does not hide what is wrong with the people")
  func damaged() async throws {
    let office = try Office()
    let person = EnrollmentFile.subscriber("021", "MANY1").map { $0.replacing("19900721", with: "19901321") }
    let text = EnrollmentFile(people: person + ["HD*021**HLT*PPO*FAM", "DTP*348*D8*20260101"]).text
    try office.write(text.replacing(/SE\*[0-9]+/, with: "SE*99"), to: "in.834")
    let enrollment = try await office.claims(["check", "in.834"])
    #expect(
      enrollment.text.contains("SE01: ") && enrollment.text.contains("DMG02: the date does not exist\n"),
      "\(enrollment)")
    #expect(enrollment.text.contains("1 member (1 with errors): 2 errors\n"), "\(enrollment.text)")
    let enrolled = try await office.claims(["enroll", "in.834", "--store", "sqlite:claims.db"])
    #expect(enrolled.way == .exited(65) && !enrolled.errors.contains("DMG02"), "\(enrolled)")

    let question = [
      "HL*3*2*22*0", "TRN*1*T-1*9123456789", "NM1*IL*1*A*B", "DMG*D8*19901321", "DTP*291*D8*20260401", "EQ*30",
    ]
    let inquiry = EligibilityTests.inquiry(question).replacing(/SE\*[0-9]+/, with: "SE*99")
    try office.write(inquiry, to: "in.270")
    let checked = try await office.claims(["check", "in.270"])
    #expect(checked.text.contains("DMG02: the date does not exist\n"), "\(checked.text)")
    #expect(checked.text.contains("NM109: it has no member number"), "\(checked.text)")
    #expect(checked.text.contains("1 question (1 with errors): 3 errors\n"), "\(checked.text)")
  }

  @Test("a fee schedule is told by its columns, also where it looks like a list of codes")
  func feesByThemselves() async throws {
    let office = try Office()
    try Self.rules(in: office)
    let rows = (10...60).map { "G04\($0),,100.00,2026-01-01,\n" }.joined()
    let fees = "code,modifiers,amount,effective,termination\n" + rows + "G0463,,abc,2026-01-01,\n"
    try office.write(fees, to: "rules/fees/mine.csv")
    let checked = try await office.claims(["check", "rules/fees/mine.csv"])
    #expect(checked.way == .exited(65) && checked.text.contains("amount must be"), "\(checked.text)")
  }

  @Test("what stands outside of a transaction is told, and the transaction is taken in")
  func astray() async throws {
    let office = try Office()
    let person = EnrollmentFile.subscriber("021", "MANY1", "HD*021**HLT*PPO*FAM", "DTP*348*D8*20260101")
    let text = EnrollmentFile(people: person).text
    try office.write(text.replacing("\nGE*", with: "\nINS*Y*18*024*20*A***FT~\nREF*0F*MANY1~\nGE*"), to: "in.834")
    let reason = "INS: it stands outside of any transaction"
    let checked = try await office.claims(["check", "in.834"])
    #expect(checked.way == .exited(65) && checked.text.contains(reason), "\(checked.text)")
    let enrolled = try await office.claims(["enroll", "in.834"])
    #expect(enrolled.way == .exited(65) && enrolled.complaints.count == 1 && enrolled.errors.contains(reason))
    #expect(enrolled.text.contains("1 changed"), "\(enrolled.text)")
  }

  @Test("nothing is taken in of a transaction without a control number")
  func unnumbered() async throws {
    let office = try Office()
    let person = EnrollmentFile.subscriber("021", "MANY1", "HD*021**HLT*PPO*FAM", "DTP*348*D8*20260101")
    let text = EnrollmentFile(people: person).text
    let unnumbered = text.replacing("ST*834*0001*", with: "ST*834**").replacing("*0001~\nGE", with: "*~\nGE")
    try office.write(unnumbered, to: "in.834")
    let checked = try await office.claims(["check", "in.834"])
    #expect(checked.text.contains("ST02: transaction (none) has no control number"), "\(checked.text)")
    let enrolled = try await office.claims(["enroll", "in.834"])
    #expect(enrolled.way == .exited(65) && enrolled.text.hasPrefix("0 read: 0 changed"), "\(enrolled)")
    let claims = SampleClaims.text.replacing(/ST\*837\*[0-9]+/, with: "ST*837*")
      .replacing(/\nSE\*([0-9]+)\*[0-9]+/) { "\nSE*\($0.output.1)*" }
    try office.write(claims, to: "in.837")
    let run = try await office.claims(["process", "in.837", "--received", "2026-04-01"])
    #expect(run.way == .exited(65) && run.text.contains("rejected        15"), "\(run.text)")
  }

  @Test("tells all that is wrong with a question of a 270, and nothing of the next one")
  func questions() async throws {
    let office = try Office()
    func question(_ level: Int, born: String, on day: String) -> [String] {
      [
        "HL*\(level)*2*22*0", "TRN*1*T-\(level)*9123456789", "NM1*IL*1*A*B****MI*PO2001", "DMG*D8*\(born)",
        "DTP*291*D8*\(day)", "EQ*30",
      ]
    }
    try office.write(
      EligibilityTests.inquiry(
        question(3, born: "19901321", on: "20260230"), question(4, born: "19900721", on: "20260401")), to: "in.270")
    let checked = try await office.claims(["check", "in.270"])
    #expect(checked.text.contains("DMG02: the date does not exist\n"), "\(checked.text)")
    #expect(checked.text.contains("DTP03: the date does not exist\n"), "\(checked.text)")
    #expect(checked.text.contains("2 questions (1 with errors): 2 errors\n"), "\(checked.text)")
  }

  @Test("says of JSON what JSON calls it")
  func json() async throws {
    let office = try Office()
    let claim = try await office.claims(["new", "claim"]).text
    try office.write(
      claim.replacing("\"charge\": \"190.00\"", with: "\"charge\": \"195.00\""), to: "sum.json")
    let sum = try await office.claims(["check", "sum.json"])
    #expect(sum.text.contains("sum.json: record 1: claim MY-0001: the claim's charge is 195.00"), "\(sum.text)")
    try office.write(claim.replacing("J02.9", with: "J0"), to: "code.json")
    let code = try await office.claims(["check", "code.json"])
    #expect(code.way == .exited(0))
    #expect(code.text.contains("record 1: warning: claim MY-0001: diagnosis 1 is not written"), "\(code.text)")
  }

  @Test("an 837 without a claim is a warning, as for process")
  func noClaim() async throws {
    let office = try Office()
    let whole = ManyClaims(count: 1, seed: 7).text.split(separator: "~").map {
      $0.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let first = try #require(whole.firstIndex { $0.hasPrefix("HL*") })
    let start = try #require(whole.firstIndex { $0.hasPrefix("ST*") })
    let end = try #require(whole.firstIndex { $0.hasPrefix("SE*") })
    let control = try #require(whole[end].split(separator: "*").last)
    let empty = whole[..<first] + ["SE*\(first - start + 1)*\(control)"] + whole[(end + 1)...].filter { !$0.isEmpty }
    try office.write(empty.joined(separator: "~\n") + "~\n", to: "none.837")
    let checked = try await office.claims(["check", "none.837"])
    #expect(checked.way == .exited(0) && checked.text.hasSuffix("none.837: X12 837: good, 1 warning\n"), "\(checked)")
    #expect(try await office.process("none.837").way == .exited(0))
  }

  @Test("what it calls bad is what process rejects", arguments: BrokenClaim.all)
  func agrees(broken: BrokenClaim) async throws {
    let office = try Office()
    try office.write(broken.file(), to: "claims.837")
    let checked = try await office.claims(["check", "claims.837", "--received", "2026-04-01", "--output", "json"])
    let processed = try await office.claims(
      ["process", "claims.837", "--received", "2026-04-01", "--enroll", "PPO", "--output", "json"])
    let summary = try #require(processed.text.split(separator: "\n").last.map { Data($0.utf8) })
    let totals = try #require(
      try (JSONSerialization.jsonObject(with: summary) as? [String: Any])?["summary"] as? [String: Any])
    let file = try #require(checked.text.split(separator: "\n").last.map { Data($0.utf8) })
    let counts = try #require(
      try (JSONSerialization.jsonObject(with: file) as? [String: Any])?["counts"] as? [[String: Any]])
    #expect(counts.first?["count"] as? Int == totals["claims"] as? Int, "\(checked.text)")
    #expect(counts.first?["bad"] as? Int == totals["rejected"] as? Int, "\(checked.text)\(processed.text)")
    #expect(checked.way == .exited(65))
  }

  @Test("a folder with plans is checked as a whole, and each file in it beside the others")
  func goodRules() async throws {
    let office = try Office()
    try Self.rules(in: office)
    let folder = try await office.claims(["check", "rules"])
    #expect(folder.way == .exited(0), "\(folder.errors)")
    #expect(folder.text == "rules: rules, 1 plan, 1 fee schedule, 1 member: good\n")
    let files = try await office.claims([
      "check", "rules/mine.yaml", "rules/fees/mine.csv", "rules/members/members.csv",
    ])
    #expect(
      files.text == """
        rules/mine.yaml: plan: good
        rules/fees/mine.csv: fee schedule: good
        rules/members/members.csv: members: good
        3 files: all good

        """)
  }

  @Test("every error of every file of rules is told, by check and by every command that reads them")
  func allErrors() async throws {
    let office = try Office()
    let plan = Self.good.replacing("20%", with: "20").replacing("name:", with: "nam:")
      .replacing("deductible-first", with: "first").replacing("family: 200,", with: "family: 50,")
    try Self.rules(in: office, plan: plan)
    try office.write(
      "code,modifiers,amount,effective,termination\nG0463,,x,2026-01-01,\nJ1,,1,2026-13-01,\n",
      to: "rules/fees/mine.csv")
    let errors = [
      "mine.yaml:2:1: unknown key \"nam\" in the plan; did you mean \"name\"?",
      "mine.yaml:4:39: deductible: the family's limit is below that of one member",
      "mine.yaml:6:14: coinsurance must be a percentage",
      "mine.yaml:7:19: cost_share_order must be copay-first or deductible-first, not \"first\"",
      "fees/mine.csv:2: amount must be an amount",
      "fees/mine.csv:3: effective must be a day",
    ]
    try office.write(SampleClaims.text, to: "claims.837")
    let processed = try await office.claims(["process", "claims.837", "--plans", "rules"])
    #expect(processed.way == .exited(65))
    for error in errors { #expect(processed.errors.contains("rules/\(error)"), "\(processed.errors)") }
    let checked = try await office.claims(["check", "rules"])
    #expect(checked.way == .exited(65))
    #expect(checked.text.split(separator: "\n").count == errors.count + 1, "\(checked.text)")
    #expect(checked.text.contains("rules/mine.yaml: line 6, column 14: coinsurance must be"), "\(checked.text)")
    #expect(checked.text.contains(": 6 errors\n"), "\(checked.text)")
  }

  @Test("a member file with another header is told as one, and quotes nobody")
  func foreignMembers() async throws {
    let office = try Office()
    try Self.rules(in: office)
    try office.write("MemberID,First Name,DOB\nX77,Examplewitz,1980-01-01\n", to: "rules/people.csv")
    let checked = try await office.claims(["check", "rules/people.csv"])
    #expect(checked.way == .exited(65))
    #expect(
      checked.text.hasPrefix(
        "rules/people.csv: line 1: the first line names none of the columns; begin with member_id,subscriber_id"),
      "\(checked.text)")
    #expect(checked.text.contains("rules/people.csv: members: 1 error"))
    #expect(!checked.text.contains("Examplewitz") && !checked.text.contains("X77"))
  }

  @Test("a fee schedule beside a member file is read without any plan")
  func feesBesideMembers() async throws {
    let office = try Office()
    try office.write(
      "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n", to: "m/members.csv")
    #expect(try await office.claims(["check", "m"]).way == .exited(0))
    try office.write("code,modifiers,amount,effective,termination\nG0463,,ninety,2026-01-01,\n", to: "m/fees.csv")
    for path in ["m", "m/fees.csv"] {
      let run = try await office.claims(["check", path])
      #expect(run.way == .exited(65) && run.text.contains("fees.csv: line 2"), "\(run)")
    }
  }

  @Test("a line feed in the name of a file begins no line", arguments: ["check", "process"])
  func lineFeedInName(command: String) async throws {
    let office = try Office()
    try office.write("{", to: "a.json: good\nb.json")
    let store = command == "check" ? [] : ["--store", "sqlite:claims.db"]
    let run = try await office.claims([command, "a.json: good\nb.json"] + store)
    #expect(run.way == .exited(65))
    let lines = (run.text + run.errors).split(separator: "\n")
    #expect(!lines.isEmpty && !lines.contains { $0.hasPrefix("b.json") }, "\(run)")
  }

  @Test("whatever else it is given gets a line that says what to do, and the files after it are checked")
  func others() async throws {
    let office = try Office()
    try office.write("", to: "empty")
    try office.write("hello\n", to: "note.txt")
    try office.write(SampleClaims.text.replacing("ST*837*", with: "ST*276*"), to: "status.x12")
    let checked = try await office.claims(["check", "empty", "note.txt", "status.x12"])
    #expect(checked.way == .exited(65))
    for line in [
      "empty: the file is empty; send a file of claims", "note.txt: this is neither X12 (no ISA segment) nor JSON",
      "status.x12: no command reads X12 276; 837, 834, 270 and 835 are read", "3 files: 3 errors",
    ] { #expect(checked.text.contains(line), "\(checked.text)") }
    try FileManager.default.createDirectory(atPath: office.path("inbox"), withIntermediateDirectories: true)
    try office.write("hello\n", to: "inbox/note.txt")
    let folder = try await office.claims(["check", "inbox"])
    #expect(folder.way == .exited(0), "\(folder.text)")
    #expect(folder.text.contains("inbox/note.txt: warning: this is neither X12"), "\(folder.text)")
    let missing = try await office.claims(["check", "nowhere"])
    #expect(missing.way == .exited(65) && missing.text.contains("nowhere: there is no such file or folder"))
    let piped = try await office.claims(["check", "-"], input: Array(SampleClaims.text.utf8))
    #expect(piped.text.contains("standard input: X12 837, 15 claims (1 with errors): 1 error"), "\(piped.errors)")
  }
}
