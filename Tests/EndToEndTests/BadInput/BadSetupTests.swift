import Testing

@Suite("A run that cannot start reports the reason in one line, and leaves nothing behind")
struct BadSetupTests {
  private static let typos: [(file: String, part: String, replacement: String, said: String)] = [
    (
      "plans/PPO.yaml", "\ncoinsurance:", "\ncoinsurence:",
      "plans/PPO.yaml:25:1: unknown key \"coinsurence\" in the plan; did you mean \"coinsurance\"?"
    ),
    (
      "fees/standard.csv", "285.10", "28x.10",
      "fees/standard.csv:4: amount must be an amount from 0.00 to 99999999.99, such as 1500 or 1500.00, not \"28x.10\""
    ),
    (
      "members/members.csv", "1984-05-12", "1984-15-12",
      "members/members.csv:2: birth_date must be a day such as 2026-01-31"
    ),
  ]

  @Test("a mistake in a plan, fee or member file is reported with its line", arguments: typos)
  func ruleFiles(file: String, part: String, replacement: String, said: String) async throws {
    let office = try Office()
    try office.writePlans(to: "rules")
    let text = try office.text(of: "rules/\(file)")
    try #require(text.contains(part))
    try office.write(text.replacing(part, with: replacement), to: "rules/\(file)")
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.process("in.837", "--plans", "rules")
    #expect(run.way == .exited(65))
    #expect(run.complaints == ["claims: rules/\(said)"])
    #expect(try office.files == ["in.837", "rules"])
  }

  @Test("a day of receipt in the future is refused", arguments: ["process", "submit", "check"])
  func receivedTomorrow(command: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.claims([command, "in.837", "--received", "2999-01-01"])
    #expect(run.way == .exited(64) && run.output.isEmpty)
    #expect(run.errors.hasPrefix("Error: --received 2999-01-01 is in the future: "), "\(run.errors)")
    #expect(try office.files == ["in.837"])
  }

  private static let mistakes: [(options: [String], code: Int, said: String)] = [
    (["--enroll", "GOLD"], 64, "claims: --enroll GOLD: there is no such plan; the plans are HDHP, HMO, PPO"),
    (["--plans", "absent"], 65, "claims: --plans absent: there is no folder to read here"),
    (["--plans", "."], 65, "claims: ./plans: there is no plan file (*.yaml)"),
    (
      ["--gateway", "bank.example"], 64,
      "claims: --gateway: the bank's URL must look like http://127.0.0.1:8090 or https://bank.example"
    ),
    (
      ["--gateway", "http://me:secret@bank.example"], 64,
      "claims: --gateway: the bank's URL must have no user, password, query or fragment"
    ),
    (
      ["--store", "claims.db"], 64,
      "Error: --store: a store is written sqlite:FILE or "
        + "postgres://HOST/DATABASE, for example sqlite:claims.db or postgres:///claims"
    ),
    (
      ["--store", "mysql://localhost/claims"], 64,
      "Error: --store: a store is written sqlite:FILE or "
        + "postgres://HOST/DATABASE, for example sqlite:claims.db or postgres:///claims"
    ),
    (["--received", "2026-02-30"], 64, "Error: The value '2026-02-30' is invalid for '--received <YYYY-MM-DD|file>'"),
    (["--jobs", "0"], 64, "Error: --jobs must be from 1 to 64"),
    (["--color"], 64, "Error: Unknown option '--color'"),
  ]

  @Test("an invalid option is reported with the valid values", arguments: mistakes)
  func option(options: [String], code: Int, said: String) async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let run = try await office.claims(["process", "in.837"] + options)
    #expect(run.way == .exited(code))
    #expect(run.complaints.first == said)
    // The argument parser adds the usage to its errors; all other errors are a single line.
    if said.hasPrefix("claims: ") { #expect(run.complaints.count == 1) }
    #expect(try office.files == ["in.837"])
  }

  @Test("a command that reads a store does not create one")
  func absentStore() async throws {
    let office = try Office()
    for command in [
      ["verify"], ["keys", "list"], ["keys", "show", "k"], ["keys", "release", "k", "--reason", "r"],
      ["keys", "archive"],
      ["show", "A-1"], ["replay", "k"],
    ] {
      let run = try await office.claims(command)
      #expect(run.way == .exited(69), "\(command)")
      #expect(
        run.complaints == ["claims: there is no store at claims.db; name one with --store sqlite:FILE"], "\(command)")
    }
    #expect(try office.files.isEmpty)
  }

  @Test("a missing claim or key is reported, and a completed key is not released")
  func notFound() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let key = try #require(
      try await office.process("in.837", "--output", "json").reports().first { $0.status == "paid" }?.keys.payment)
    let refusals: [([String], String)] = [
      (
        ["show", "NOBODY"],
        "there is no claim NOBODY in sqlite:claims.db; upper and lower case differ, and a rejected claim is not kept"
      ),
      (["replay", "k"], "there is no such key in sqlite:claims.db; see `claims keys list`"),
      (["keys", "show", "k"], "there is no such key in sqlite:claims.db; see `claims keys list`"),
      (
        ["keys", "release", "k", "--reason", "r"], "there is no such key; see `claims keys list --status FAILED`"
      ),
      (
        ["keys", "release", key, "--reason", "r"],
        "only a FAILED or a PENDING key can be released; this one is COMPLETED"
      ),
    ]
    for (command, said) in refusals {
      let run = try await office.claims(command)
      #expect(run.way == .exited(65) && run.complaints == ["claims: \(said)"], "\(command): \(run.errors)")
    }
    try await office.verifiesClean()
  }
}
