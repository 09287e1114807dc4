import BankSimulator
import ClaimsDomain
import Testing

@Suite("claims adjust, suspense and whatif: a decided claim can be decided again and settled")
struct AdjustTests {
  @Test("whatif reports what adjust then moves, and moves nothing itself", arguments: StoreKind.allCases)
  func whatIf(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    try office.writePlans(to: "rules")
    let plan = try office.text(of: "rules/plans/PPO.yaml")
    try office.write(plan.replacing("individual: 750.00", with: "individual: 500.00"), to: "rules/plans/PPO.yaml")
    let before = try await office.bank().transfers()

    let trial = try await office.claims(["whatif", "--plans", "rules", "--output", "json"] + store.option)
    #expect(trial.way == .exited(0) && trial.errors.isEmpty)
    #expect(trial.jsonLines.count == 2)
    #expect(trial.jsonLines.first?.contains("\"plan_paid_was\":\"0.00\",\"plan_paid_now\":\"147.20\"") == true)
    #expect(try await office.bank().transfers() == before)
    #expect(try await store.sql("SELECT CAST(count(*) AS TEXT) FROM rulesets") == ["1"])
    try await office.verifiesClean("--store", store.name)

    let adjust =
      ["adjust", "DEMO-002", "--plans", "rules", "--cause", "rules", "--reason", "plan corrected"] + store.option
    let adjusted = try await office.claims(adjust)
    #expect(adjusted.way == .exited(0) && adjusted.text.contains("147.20 more goes to the provider"))
    #expect(try await office.claims(adjust).text.contains("comes to the same; nothing was done"))
    #expect(try await office.bank().transfers().dropFirst(before.count).map(\.amount.description) == ["147.20"])
    #expect(try await store.sql("SELECT act FROM operator_acts") == ["adjust: rules"])
    try await office.verifiesClean("--store", store.name)
    // Both sets of rules are given, so that the limits of all decisions are checked against their plans.
    let verified = try await office.claims(["verify", "--plans", "rules"] + store.option)
    #expect(verified.way == .exited(0) && !verified.text.contains("note:"))
  }

  @Test("a claim that may be the same care as another waits, and the examiner sees which: in text and as data")
  func nearDuplicate() async throws {
    let office = try Office()
    let first = ManyClaims(count: 1, seed: 5).text
    try office.write(first, to: "first.837")
    try office.write(
      first.replacing("MANY-1", with: "AGAIN-1").replacing("*UN*1*", with: "*UN*2*"), to: "second.837")
    let options = ["--enroll", "PPO", "--output", "json"]
    let paid = try await office.process(["first.837"] + options)
    #expect(try paid.reports().first?.status == "paid")
    #expect(try await office.process(["second.837"] + options).reports().first?.status == "suspended")

    let other = try #require(paid.text.firstMatch(of: /"claim_intake_id":"(\w+-\w+)"/)?.output.1)
    #expect(try await office.claims(["show", "AGAIN-1"]).text.contains("\n    compare claim \(other)\n"))
    #expect(try await office.claims(["suspense", "list"]).text.contains("; compare \(other)"))
    for command in [["show", "AGAIN-1"], ["suspense", "list"]] {
      let data = try await office.claims(command + ["--output", "json"]).text
      #expect(data.contains(#""other_claims":["\#(other)"]"#), "\(data)")
    }
  }

  @Test(
    "on the work list, a claim is released or denied by name, once, with the person and the reason",
    arguments: StoreKind.allCases)
  func suspense(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    let list = try await office.claims(["suspense", "list"] + store.option)
    #expect(list.jsonLines.count == 1 && list.text.contains("DEMO-013") && list.text.contains("prior-claim-unknown"))
    #expect(try await office.claims(["suspense", "show", "DEMO-013"] + store.option).text.contains("suspense release"))
    let bad = try await office.claims(
      ["suspense", "deny", "DEMO-013", "--code", "CO-42", "--reason", "x"] + store.option)
    #expect(bad.way == .exited(64))
    let deny = [
      "suspense", "deny", "DEMO-013", "--code", "CO-16", "--remark", "M76", "--by", "pat", "--reason", "no answer",
    ]
    #expect(try await office.claims(deny + store.option).text.contains("now denied"))
    let page = try await office.claims(["show", "DEMO-013"] + store.option).text
    #expect(page.contains("deny by pat: no answer") && page.contains("has taken its place"))
    let again = try await office.claims(deny + store.option)
    #expect(again.way == .exited(65) && again.complaints.count == 1)
    #expect(try await office.claims(["suspense"] + store.option).text == "no claim waits for a person\n")
    #expect(
      try await store.sql("SELECT act || ' ' || person || ' ' || reason FROM operator_acts") == ["deny pat no answer"])
    // The file is still answered with the first reason, and with the fact that another claim has replaced this one.
    let replay = try await office.process(["in.837", "--output", "json"] + store.option)
    #expect(try replay.reports().filter { $0.status == "replaced" }.map(\.claimNumber) == ["DEMO-013"])
    #expect(replay.text.contains("prior-claim-unknown") && replay.text.contains(#""suspended":0"#))
    try await onlyAnAppealSetsADenialAside(store, in: office)
    try await office.verifiesClean("--store", store.name)
  }

  private func onlyAnAppealSetsADenialAside(_ store: StoreInUse, in office: Office) async throws {
    try office.writePlans(to: "rules")
    let trial = try await office.claims(["whatif", "--plans", "rules"] + store.option)
    #expect(trial.text.contains("\n0 of ") || trial.text.hasPrefix("0 of "), "\(trial.text)")
    let adjust = ["adjust", "DEMO-013", "--reason", "letter of the provider"] + store.option
    for cause in ["rules", "coverage", "accumulators"] {
      let adjusted = try await office.claims(adjust + ["--cause", cause])
      #expect(adjusted.text.contains("comes to the same; nothing was done"), "\(cause): \(adjusted.text)")
    }
    let appealed = try await office.claims(adjust + ["--cause", "appeal"])
    #expect(appealed.text.contains("was denied") && appealed.text.contains("now paid"), "\(appealed.text)")
  }

  @Test("when a deductible is freed, the affected claims are named, and one command decides them again")
  func touched() async throws {
    let office = try Office()
    try office.write(Self.claim("FIRST", day: "02"), to: "first.json")
    try office.write(Self.claim("SECOND", day: "12"), to: "second.json")
    for file in ["first.json", "second.json"] { _ = try await office.process(file, "--enroll", "PPO") }
    // 600.00 allowed for each: 600.00 of the deductible; then the other 150.00 and 20 % of 450.00.
    let rows = try await office.process("second.json", "--output", "json").reports()
    #expect(rows.map(\.planPaid) == ["360.00"])
    let id = try await office.claims(["show", "FIRST"]).text.split(separator: " ")[2]
    try office.write(Self.claim("FIRST-VOID", day: "02", voiding: String(id)), to: "void.json")
    #expect(try await office.process("void.json").way == .exited(0))

    let adjusted = try await office.claims([
      "adjust", "--touched-by", "FIRST-VOID", "--cause", "accumulators", "--reason", "deductible freed",
    ])
    #expect(adjusted.way == .exited(0))
    #expect(adjusted.text.contains("SECOND") && adjusted.text.contains("360.00 too much was paid"))
    let none = try await office.claims([
      "adjust", "--touched-by", "FIRST-VOID", "--cause", "accumulators", "--reason", "again",
    ])
    #expect(none.text.isEmpty && none.complaints.count == 1)
    try await office.verifiesClean()
  }

  private static func claim(_ number: String, day: String, voiding prior: String? = nil) -> String {
    let frequency =
      prior.map { "\"frequency\": \"8\", \"payer_control_number\": \"\($0)\"," } ?? "\"frequency\": \"1\","
    return """
      {"kind": "professional", "claim_number": "\(number)", \(frequency)
       "payer": {"id": "SAMPLE01", "name": "SAMPLE HEALTH PLAN"}, "payer_sequence": "primary", "assigns_benefits": true,
       "facility_code": "22", "charge": "1000.00",
       "billing_provider": {"name": "CEDAR GROVE CLINIC", "npi": "1234567893", "tax_id": "361234567"},
       "subscriber": {"member_id": "ZZ1", "name": {"last": "MARLOWE", "first": "IRIS"}, "birth_date": "1981-05-14"},
       "diagnoses": ["I10"],
       "lines": [{"code": "C1776", "code_qualifier": "HC", "charge": "1000.00", "units": "1",
                  "service_dates": {"first": "2026-03-\(day)", "last": "2026-03-\(day)"}, "diagnosis_pointers": [1]}]}
      """
  }
}
