import Testing

@Suite("A plan that pays interest for late payment, by the command line")
struct LatePaymentTests {
  @Test("the 835 and an adjustment show the interest, and the letter to the member does not")
  func told() async throws {
    let office = try Office()
    try office.writePlans(to: "rules")
    try office.writePlans(to: "corrected")
    let plan = try office.text(of: "rules/plans/PPO.yaml")
    let late = plan + "prompt_pay: {days: 30, rates: [{from: 2020-01-01, annual: 18%}]}\n"
    try office.write(late, to: "rules/plans/PPO.yaml")
    let corrected = late.replacing("copay: 30.00", with: "copay: 20.00")
    try #require(corrected != late)
    try office.write(corrected, to: "corrected/plans/PPO.yaml")
    try office.write(SampleClaims.text, to: "in.837")

    _ = try await office.process("in.837", "--plans", "rules", "--remit", "told.835", "--eob", "eob")
    let told = try office.text(of: "told.835")
    #expect(told.contains(/AMT\*I\*[0-9.]+~/) && told.contains(/\*L6:REM-[0-9a-f]+\*-[0-9.]+~/), "\(told)")
    #expect(try await office.claims(["remit", "verify", "told.835"]).way == .exited(0))
    let id = try await office.claims(["show", "DEMO-001"]).text.firstMatch(of: /eob (EOB-[0-9a-f]+)/)?.output.1
    let letter = try office.text(of: "eob/\(try #require(id)).txt")
    #expect(letter.contains(/Paid to provider +\$95\.00, reference transfer-/), "\(letter)")

    let why = ["--cause", "rules", "--reason", "the copay was wrong", "--plans"]
    let more = try await office.claims(["adjust", "DEMO-001"] + why + ["corrected"])
    #expect(more.text.contains(/1\d\.\d\d more goes to the provider \(interest: \d\.\d\d\)/), "\(more.text)")
    let back = try await office.claims(["adjust", "DEMO-001"] + why + ["rules"])
    #expect(back.text.contains(/1\d\.\d\d too much was paid: .* \(interest: -\d\.\d\d\)/), "\(back.text)")
    let verify = try await office.claims(["verify", "--plans", "rules", "--plans", "corrected"])
    #expect(verify.text.contains("every invariant holds"), "\(verify.text)")
  }
}
