import Testing

@Suite("A claim that the store cannot store holds up no other claim")
struct PoisonClaimTests {
  private static let received = ["--received", "2026-04-01"]

  /// Makes an office with twenty claims, of which the store refuses the seventh.
  private func office(_ kind: StoreKind) async throws -> (Office, StoreInUse) {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(ManyClaims(count: 20, seed: 4).text, to: "many.837")
    #expect(try await office.claims(["migrate"] + store.option).way == .exited(0))
    return (office, store)
  }

  @Test("process pays the others and sets the claim aside with a reason, every time", arguments: StoreKind.allCases)
  func process(kind: StoreKind) async throws {
    let (office, store) = try await office(kind)
    for statement in kind.refusing("claims", "NEW.claim_number = 'MANY-7'") { try await store.sql(statement) }
    for _ in 1...2 {
      let run = try await office.process(["many.837", "--enroll", "PPO", "--output", "json"] + store.option)
      #expect(run.way == .exited(65), "\(run.errors)")
      #expect(run.errors.contains("set aside for a person (see the reasons): 1 claim"), "\(run.errors)")
      let reports = try run.reports()
      #expect(reports.count { $0.status == "paid" } == 19)
      let poison = reports.filter { $0.status == "suspended" }
      #expect(poison.map(\.claimNumber) == ["MANY-7"])
      #expect(poison.first?.reason?.text.contains("the database") == true, "\(String(describing: poison.first))")
      try await office.bankPaid(19)
    }
  }

  @Test(
    "workers pay the others and set the claim aside with a reason; after its release, it is paid",
    arguments: StoreKind.allCases)
  func work(kind: StoreKind) async throws {
    let (office, store) = try await office(kind)
    for statement in kind.refusing("claims", "NEW.claim_number = 'MANY-7'") { try await store.sql(statement) }
    let work = ["work", "--until-empty", "--enroll", "PPO"] + store.option
    #expect(try await office.claims(["submit", "many.837"] + Self.received + store.option).way == .exited(0))
    let worked = try await office.claims(work)
    #expect(worked.way == .exited(65), "\(worked.errors)")
    #expect(worked.errors.contains("set aside for a person: 1 claim; the others went on"), "\(worked.errors)")
    try await office.bankPaid(19)
    #expect(
      try await office.claims(["queue"] + store.option).text == "waiting 0  worked on 0  set aside 1\n")
    let dead = try await office.claims(["queue", "dead"] + store.option).text
    #expect(dead.contains("the database"), "\(dead)")

    try await store.sql(kind.accepting)
    let key = try #require(dead.split(separator: "\n").first.map(String.init))
    #expect(try await office.claims(["queue", "release", key, "--reason", "mended"] + store.option).way == .exited(0))
    #expect(try await office.claims(work).way == .exited(0))
    try await office.bankPaid(20)
    try await office.verifiesClean("--store", store.name)
  }

  @Test("submit queues the others and rejects the claim", arguments: StoreKind.allCases)
  func submit(kind: StoreKind) async throws {
    let (office, store) = try await office(kind)
    let condition = "NEW.intake_key LIKE '%:MANY-7:%'"
    for statement in kind.refusing("queued_claims", condition) { try await store.sql(statement) }
    let run = try await office.claims(["submit", "many.837"] + Self.received + store.option)
    #expect(run.way == .exited(65) && run.text.hasPrefix("19 claims queued, 1 rejected\n"), "\(run.text)\(run.errors)")
    #expect(run.complaints.count == 1 && run.errors.contains("claim MANY-7 is rejected: the database"), "\(run.errors)")
  }
}
