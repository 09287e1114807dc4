import BankSimulator
import TestSupport
import Testing

@Suite("An act on many claims is shown first, and does to each what the act on one does", .postgres)
struct BulkTests {
  private static let payee = ["--provider", "1234567893"]
  private static let why = ["--reason", "cleared by the investigation", "--by", "pat"]

  /// An office whose five claims that would be paid wait for their payee, which is on hold no more.
  private static func waiting(_ kind: StoreKind) async throws -> (Office, StoreInUse) {
    let office = try Office()
    let store = try await kind.store(in: office)
    _ = try await office.claims(["migrate"] + store.option)
    #expect(try await office.claims(["hold", "1234567893"] + why + store.option).way == .exited(0))
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process(["in.837"] + store.option)
    #expect(try await office.claims(["hold", "--lift", "1234567893"] + why + store.option).way == .exited(0))
    return (office, store)
  }

  private static func digest(in run: Ended) throws -> String {
    String(try #require(run.text.firstMatch(of: /--confirm ([0-9a-f]{16})/), "\(run.text)\(run.errors)").output.1)
  }

  /// Begins an act on many, in which each payment takes a second, kills it once the first outcome is on record, and goes
  /// on with the same bank.
  private static func killing(
    _ command: [String], confirmed digest: String, in office: Office, _ store: StoreInUse,
    then rest: @Sendable (_ bank: [String]) async throws -> Void
  ) async throws {
    _ = try await Gateway.open(in: office, faults: "delay=1s:commit") { gateway in
      let bank = ["--gateway", gateway.url]
      let killed = try await Program.kill(
        Program.path(), command + ["--confirm", digest] + bank, in: office.folder
      ) { try await !store.sql("SELECT subject FROM bulk_subjects WHERE outcome IS NOT NULL").isEmpty }
      #expect(killed.way == .killed(signal: 9), "\(killed.way)")
      try await rest(bank)
    }
  }

  @Test(
    "a preview changes nothing; the act pays each claim once; the same command again changes nothing",
    arguments: StoreKind.allCases)
  func release(kind: StoreKind) async throws {
    let (office, store) = try await Self.waiting(kind)
    let command = ["suspense", "release", "--all"] + Self.payee + Self.why + store.option
    let preview = try await office.claims(command)
    #expect(preview.way == .exited(0) && preview.text.contains("waiting to be paid"), "\(preview.errors)")
    #expect(try await store.sql("SELECT act FROM bulk_acts").isEmpty)
    let digest = try Self.digest(in: preview)
    let done = try await office.claims(command + ["--confirm", digest])
    // DEMO-013 waits for something that a release cannot give, and holds up no other.
    #expect(done.text.contains(" paid\n"), "\(done.text)\(done.errors)")
    let paid = try await office.bank().transfers().count
    #expect(paid >= 4)
    let again = try await office.claims(command + ["--confirm", digest])
    #expect(again.way == done.way, "\(again.errors)")
    #expect(try await office.bank().transfers().count == paid)
    #expect(Set(try await office.bank().transfers().map(\.reference)).count == paid)
    #expect(try await store.sql("SELECT reason FROM bulk_acts") == ["cleared by the investigation"])
    try await office.verifiesClean(["--store", store.name])
  }

  @Test("what has changed since it was shown is not acted on", arguments: StoreKind.allCases)
  func changed(kind: StoreKind) async throws {
    let (office, store) = try await Self.waiting(kind)
    let command = ["suspense", "release", "--all"] + Self.payee + Self.why + store.option
    let digest = try Self.digest(in: try await office.claims(command))
    let id = try #require(
      try await store.sql(
        "SELECT claim_intake_id FROM claims WHERE status = 'suspended' AND paid_cents > 0 ORDER BY claim_intake_id LIMIT 1"
      ).first)
    _ = try await office.claims(["suspense", "release", id, "--reason", "this one first"] + store.option)
    let late = try await office.claims(command + ["--confirm", digest])
    #expect(late.way == .exited(65) && late.errors.contains("has changed since"), "\(late.errors)")
    let other = try await office.claims(
      ["suspense", "deny", "--all", "--code", "CO-16", "--remark", "M76"] + Self.payee + Self.why + store.option
        + ["--confirm", digest])
    #expect(other.way == .exited(65), "\(other.errors)")
    #expect(try await office.bank().transfers().count == 1)
    #expect(try await store.sql("SELECT act FROM bulk_acts").isEmpty)
  }

  @Test(
    "a kill in the middle, and the same command again: the rest is done, and none twice",
    arguments: StoreKind.allCases)
  func killed(kind: StoreKind) async throws {
    let (office, store) = try await Self.waiting(kind)
    let command = ["suspense", "release", "--all"] + Self.payee + Self.why + store.option
    let digest = try Self.digest(in: try await office.claims(command))
    try await Self.killing(command, confirmed: digest, in: office, store) { bank in
      let open = try await store.sql("SELECT subject FROM bulk_subjects WHERE outcome IS NULL")
      #expect(!open.isEmpty)
      let other = try await office.claims(
        command.map { $0 == "pat" ? "robin" : $0 } + ["--confirm", digest] + bank)
      #expect(other.way == .exited(65) && other.errors.contains("pat has begun this act"), "\(other.errors)")
      #expect(try await store.sql("SELECT subject FROM bulk_subjects WHERE outcome IS NULL") == open)
      _ = try await office.claims(command + ["--confirm", digest] + bank)
      #expect(try await store.sql("SELECT subject FROM bulk_subjects WHERE outcome IS NULL").isEmpty)
      let transfers = try await office.bank().transfers()
      #expect(Set(transfers.map(\.reference)).count == transfers.count)
      let left = try await store.sql("SELECT claim_number FROM claims WHERE status = 'suspended' AND paid_cents > 0")
      #expect(left.isEmpty, "\(left)")
      try await office.verifiesClean(["--store", store.name] + bank)
    }
  }

  @Test("after a kill, a claim that was changed meanwhile is not acted on: it is not what was shown")
  func changedAfterKill() async throws {
    let (office, store) = try await Self.waiting(.sqlite)
    let command = ["suspense", "release", "--all"] + Self.payee + Self.why + store.option
    let digest = try Self.digest(in: try await office.claims(command))
    try await Self.killing(command, confirmed: digest, in: office, store) { bank in
      let open = "SELECT subject FROM bulk_subjects WHERE outcome IS NULL ORDER BY number DESC"
      let changed = try #require(try await store.sql(open).first)
      let denied = try await office.claims(
        ["suspense", "deny", changed, "--code", "CO-16", "--remark", "M76", "--reason", "by itself"] + store.option
          + bank)
      #expect(denied.way == .exited(0), "\(denied.errors)")
      let resumed = try await office.claims(command + ["--confirm", digest] + bank)
      #expect(resumed.text.contains("has changed since it was shown"), "\(resumed.text)\(resumed.errors)")
      #expect(
        try await store.sql("SELECT outcome FROM bulk_subjects WHERE subject = '\(changed)'") == ["refused"])
      try await office.verifiesClean(["--store", store.name] + bank)
    }
  }

  @Test("with a bank that does not answer, the claims are unfinished, and the command ends with 69: a later run pays")
  func outOfReach() async throws {
    let (office, store) = try await Self.waiting(.sqlite)
    let command = ["suspense", "release", "--all"] + Self.payee + Self.why + store.option
    let digest = try Self.digest(in: try await office.claims(command))
    _ = try await Gateway.open(in: office, faults: "error503:commit") { gateway in
      let bank = ["--gateway", gateway.url, "--lease-milliseconds", "500"]
      let act = try await office.claims(command + ["--confirm", digest] + bank)
      #expect(act.way == .exited(69), "\(act.text)\(act.errors)")
      #expect(act.text.contains("unfinished  it is finished by the next run"), "\(act.text)\(act.errors)")
    }
    #expect(try await office.bank().transfers().isEmpty)
    _ = try await Gateway.open(in: office) { gateway in
      let bank = ["--gateway", gateway.url]
      // Nothing is left of the act itself, and what is left of its claims is not its own.
      let again = try await office.claims(command + ["--confirm", digest] + bank)
      #expect(again.way == .exited(0), "\(again.text)\(again.errors)")
      _ = try await office.process(["in.837"] + store.option + bank)
      let transfers = try await office.bank().transfers()
      #expect(transfers.count >= 4 && Set(transfers.map(\.reference)).count == transfers.count)
      try await office.verifiesClean(["--store", store.name] + bank)
    }
  }

  @Test("many are denied, decided again, and released by key, each with a preview", arguments: StoreKind.allCases)
  func others(kind: StoreKind) async throws {
    let (office, store) = try await Self.waiting(kind)
    let adjust = ["adjust", "--all", "--cause", "appeal"] + Self.payee + Self.why + store.option
    let again = try await office.claims(adjust + ["--confirm", try Self.digest(in: try await office.claims(adjust))])
    #expect(again.text.contains("unchanged  it comes to the same"), "\(again.text)\(again.errors)")

    let keys = ["keys", "release", "--all"] + Self.payee + Self.why + store.option
    let released = try await office.claims(keys + ["--confirm", try Self.digest(in: try await office.claims(keys))])
    #expect(released.way == .exited(0) && released.text.contains(" done"), "\(released.text)\(released.errors)")

    let deny = ["suspense", "deny", "--all", "--code", "CO-16", "--remark", "M76"] + Self.payee + Self.why
    let preview = try await office.claims(deny + ["--number", "DEMO-013"] + store.option)
    let denied = try await office.claims(
      deny + ["--number", "DEMO-013", "--confirm", try Self.digest(in: preview)] + store.option)
    #expect(denied.way == .exited(0) && denied.text.contains("1 done"), "\(denied.text)\(denied.errors)")
    #expect(try await office.bank().transfers().isEmpty)

    let queue = try await office.claims(["queue", "release", "--all"] + Self.why + store.option)
    #expect(queue.way == .exited(0) && queue.text.contains("nothing matches"), "\(queue.text)\(queue.errors)")
  }
}
