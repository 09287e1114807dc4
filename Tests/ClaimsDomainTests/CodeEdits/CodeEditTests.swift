import ClaimsDomain
import Testing

@Suite("Code edits")
struct CodeEditTests {
  private func line(
    _ number: Int, _ code: String, _ modifiers: [String] = [], units: Units = .one, on day: String = "2026-03-02",
    pointers: [Int] = [], allowedOn claim: String? = nil
  ) throws -> EditedLine {
    var line = try Sample.line(number, code, charge: "10", modifiers: modifiers, units: units)
    line.diagnosisPointers = pointers
    return try #require(EditedLine(line, on: Sample.day(day), allowedOn: claim.map { ClaimIntakeID($0) }))
  }

  private func editions<Table: Sendable>(_ table: Table) throws -> Editions<Table> {
    Editions([(days: try Sample.days("2026-01-01", "2026-03-31"), table: table)])
  }

  private func pairs() throws -> ProcedureToProcedureRule {
    func edit(
      _ column2: String, _ indicator: ProcedureToProcedureEdit.ModifierIndicator, deletion: String? = nil
    ) throws -> ProcedureToProcedureEdit {
      ProcedureToProcedureEdit(
        column1: "G0101", column2: column2, effective: try Sample.day("2026-01-01"),
        deletion: try deletion.map(Sample.day), modifierIndicator: indicator)
    }
    return ProcedureToProcedureRule(
      try editions(
        ProcedureToProcedureEdits([
          edit("G0102", .allowed), edit("G0103", .notAllowed), edit("G0104", .notAllowed, deletion: "2026-03-01"),
          edit("G0105", .notApplicable, deletion: "2026-01-01"),
        ])))
  }

  @Test(
    "NCCI: column 2 beside column 1 is CO-236, unless the edit allows a modifier and one is present",
    arguments: [
      ("G0102", [], [], true), ("G0102", ["59"], [], false), ("G0102", [], ["XU"], false), ("G0102", ["51"], [], true),
      ("G0103", ["59"], [], true), ("G0104", [], [], false), ("G0105", [], [], false), ("G0106", [], [], false),
    ])
  func pair(column2: String, modifiers: [String], others: [String], isDenied: Bool) throws {
    let lines = try [line(1, column2, modifiers), line(2, "G0101", others)]
    let denials = try pairs().denials(of: lines)
    #expect(denials.keys.sorted() == (isDenied ? [1] : []))
    #expect(
      denials[1].map { "\($0.group.rawValue)-\($0.reason) \($0.explanation.rule.rawValue)" }
        == (isDenied ? "CO-236 ncci.ptp" : nil))
  }

  @Test("NCCI: a pair does not apply on different days or without an edition; another claim's paid line counts")
  func pairDays() throws {
    #expect(try pairs().denials(of: [line(1, "G0103", on: "2026-03-01"), line(2, "G0101")]).isEmpty)
    let late = try [line(1, "G0103", on: "2026-04-01"), line(2, "G0101", on: "2026-04-01")]
    #expect(try pairs().denials(of: late).isEmpty)
    #expect(try pairs().denials(of: [line(1, "G0103")], besides: [line(1, "G0101")]).count == 1)
  }

  @Test(
    "NCCI: a denial names the other claim that has column 1; a column 1 on the same claim takes precedence")
  func pairElsewhere() throws {
    let other = try line(1, "G0101", allowedOn: "CLM-7")
    let denial = try pairs().denials(of: [line(1, "G0102")], besides: [other])[1]
    #expect(denial?.explanation.inputs.last == RuleInput("other claim", "CLM-7"))
    #expect(
      try pairs().denials(of: [line(1, "G0102")], besides: [line(1, "G0101", ["59"], allowedOn: "CLM-7")]).isEmpty)
    let own = try pairs().denials(of: [line(1, "G0102"), line(2, "G0101")], besides: [other])[1]
    #expect(own?.explanation.inputs.map(\.name) == ["column 1", "column 2", "modifier indicator"])
  }

  @Test(
    "NCCI: an earlier column 2 is found exactly if it would be denied on one claim",
    arguments: [
      ("G0102", [], [], true), ("G0102", ["59"], [], false), ("G0102", [], ["XU"], false), ("G0103", ["59"], [], true),
      ("G0104", [], [], false), ("G0106", [], [], false),
    ])
  func columnTwo(column2: String, modifiers: [String], own: [String], isFound: Bool) throws {
    let paid = try line(4, column2, modifiers, allowedOn: "CLM-7")
    let later = try [line(1, "G0199"), line(2, "G0101", own)]
    #expect(try pairs().columnTwo(of: later, among: [paid]) == (isFound ? [paid] : []))
    #expect(try pairs().columnTwo(of: [paid], among: later) == [], "in the reverse order it is denied")
    #expect(try pairs().columnTwo(of: [line(1, "G0101", on: "2026-03-03")], among: [paid]) == [])
  }

  private func units(_ adjudication: MedicallyUnlikelyEdit.Adjudication) throws -> MedicallyUnlikelyRule {
    MedicallyUnlikelyRule(
      try editions(["J1885": MedicallyUnlikelyEdit(code: "J1885", units: 2, adjudication: adjudication)]))
  }

  @Test(
    "MUE: MAI 1 applies to each line, and 2 and 3 to the day",
    arguments: [
      (1, [2, 2], [], []), (1, [3, 2], [], [1]), (2, [2, 1], [], [1, 2]), (3, [1, 1], [], []),
      (3, [1, 1], [1], [1, 2]),
      (1, [2], [5], []),
    ] as [(Int, [Int], [Int], [Int])])
  func unitsOfADay(indicator: Int, given: [Int], paid: [Int], denied: [Int]) throws {
    let adjudication = try #require(MedicallyUnlikelyEdit.Adjudication(rawValue: indicator))
    let lines = try given.enumerated().map { try line($0.offset + 1, "J1885", units: Units($0.element)) }
    let before = try paid.map { try line(9, "J1885", units: Units($0)) }
    let denials = try units(adjudication).denials(of: lines, besides: before)
    #expect(denials.keys.sorted() == denied)
    #expect(denials.values.allSatisfy { $0.reason == "151" && $0.remark == "N362" && $0.group == .contractual })
  }

  @Test("MUE: a denial states the units allowed before, and the claims")
  func unitsElsewhere() throws {
    let before = try [
      line(3, "J1885", units: Units(thousandths: 500), allowedOn: "CLM-8"), line(1, "J1885", allowedOn: "CLM-7"),
      line(2, "J1886", allowedOn: "CLM-6"), line(1, "J1885", on: "2026-03-03", allowedOn: "CLM-5"),
    ]
    let denial = try units(.dateOfServiceClinical).denials(of: [line(1, "J1885")], besides: before)[1]
    #expect(
      denial?.explanation.inputs.map { "\($0.name) \($0.value)" } == [
        "code J1885", "units 2.5", "MUE 2", "MAI 3", "allowed before 1.5", "other claims CLM-7 CLM-8",
      ])
    #expect(
      try units(.line).denials(of: [line(1, "J1885", units: Units(3))], besides: before)[1]?.explanation.inputs.count
        == 4)
    let huge = try line(1, "J1885", units: Units(thousandths: .max), allowedOn: "CLM-7")
    #expect(try units(.dateOfServicePolicy).denials(of: [line(1, "J1885")], besides: [huge, huge]).count == 1)
  }

  @Test("MUE: two days count separately, and a fraction above the limit is above it")
  func unitsOfTwoDays() throws {
    let two = try [line(1, "J1885", units: Units(2)), line(2, "J1885", units: Units(2), on: "2026-03-03")]
    #expect(try units(.dateOfServicePolicy).denials(of: two).isEmpty)
    #expect(try units(.line).denials(of: [line(1, "J1885", units: Units(thousandths: 2_001))]).count == 1)
  }

  @Test(
    "An add-on code without a primary on its day is CO-107 with N122",
    arguments: [
      (1, "G0101", false), (1, "G0199", true), (2, "G0199", false), (3, "G0199", false), (3, "G0198", true),
      (2, "G0200", true),
    ])
  func addOn(kind: Int, other: String, isDenied: Bool) throws {
    let kind = try #require(AddOnCodeEdit.Kind(rawValue: kind))
    let rule = AddOnCodeRule(
      try editions([
        "G0200": AddOnCodeEdit(code: "G0200", kind: kind, primaries: ["G0101"]),
        "G0198": AddOnCodeEdit(code: "G0198", kind: .contractorDefined, primaries: []),
      ]))
    let denial = try rule.denials(of: [line(1, "G0200"), line(2, other)])[1]
    #expect((denial != nil) == isDenied)
    let elsewhere = try rule.denials(of: [line(1, "G0200")], besides: [line(2, other, allowedOn: "CLM-7")])[1]
    #expect((elsewhere != nil) == isDenied, "the result is the same if the other code is on another claim")
    #expect(try rule.denials(of: [line(1, "G0200")], besides: [line(2, other, on: "2026-03-03")]).count == 1)
    if let denial { #expect([denial.reason, denial.remark] == ["107", "N122"]) }
  }

  @Test(
    "A line is denied unless its diagnosis is billable on the day",
    arguments: [
      ([1], nil), ([2], "16 M76"), ([3], "146"), ([1, 3], "146"), ([4], "16 M76"), ([0], "16 M76"), ([], "16 M76"),
    ] as [([Int], String?)])
  func diagnoses(pointers: [Int], answer: String?) throws {
    let rule = DiagnosisRule(
      Editions([
        (days: try Sample.days("2025-10-01", "2026-03-31"), table: CodeList(["E119"])),
        (days: try Sample.days("2026-04-01", "2026-09-30"), table: CodeList(["E119", "E1110"])),
      ]))
    let denials = rule.denials(of: [try line(1, "G0101", pointers: pointers)], diagnoses: ["E119", "E11", "E1110"])
    #expect(denials[1].map { [$0.reason, $0.remark].compactMap(\.self).joined(separator: " ") } == answer)
  }
}
