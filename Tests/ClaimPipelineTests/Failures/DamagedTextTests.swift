import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("A claim whose stored text is damaged", .postgres)
struct DamagedTextTests {
  private static let day = CalendarDate(year: 2026, month: 3, day: 1) ?? .openEnd

  /// G0438 over G0439 on one day.
  private static let editing: Ruleset = {
    let always = DateRange(day, through: .openEnd) ?? DateRange(.openEnd)
    let pair = ProcedureToProcedureEdit(
      column1: "G0438", column2: "G0439", effective: day, deletion: nil, modifierIndicator: .allowed)
    var tables = ReferenceTables(content: [:])
    tables.pairs[.practitioner] = Editions([(always, ProcedureToProcedureEdits([pair]))])
    return SampleRuleset.make(id: "editing", edits: [.procedureToProcedure], tables: tables)
  }()

  private func desk(on kind: StoreKind) async throws -> AdjustedWorld {
    let world = try ClaimsWorld(on: kind, ruleset: Self.editing)
    return AdjustedWorld(world, try await world.openStore())
  }

  private func damage(_ claim: SubmittedClaim, at desk: AdjustedWorld) async throws -> ClaimIntakeID {
    let id = ClaimIntakeID.sample(claim)
    let bytes =
      switch desk.world.place {
      case .file: "X'7B22'"
      case .schema: "'\\x7B22'"
      }
    try await desk.world.place.run("UPDATE claim_bodies SET body = \(bytes) WHERE claim_intake_id = '\(id)'")
    return id
  }

  private static func claim(
    _ number: String, _ code: String = "G0438", member: String = "W1", frequency: ClaimFrequency = .original
  ) -> SubmittedClaim {
    SampleClaim.make(number, member: member, services: [.init(code, 100_000)], frequency: frequency)
  }

  @Test(
    "makes a claim that depends on it wait for a person and is named there; others are paid; a person can release it",
    arguments: StoreKind.allCases)
  func beside(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    let first = Self.claim("A-1")
    #expect(try await desk.process([first], by: Self.editing).map(\.word) == ["paid"])
    let damaged = try await damage(first, at: desk)
    let claims = [Self.claim("A-2", "G0439"), Self.claim("B-1", member: "W2")]
    #expect(try await desk.process(claims, by: Self.editing).map(\.word) == ["suspended", "paid"])
    let waiting = try await desk.standing("A-2")
    #expect(waiting.response.verdict == .suspended(Suspense(.otherClaimDamaged, beside: [damaged])))
    #expect(try await desk.adjust("A-2", by: Self.editing, for: .release).word == "paid")
  }

  @Test("makes a claim that replaces it wait for a person; others are paid", arguments: StoreKind.allCases)
  func replaced(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    let first = Self.claim("A-1")
    _ = try await desk.process([first], by: Self.editing)
    let damaged = try await damage(first, at: desk)
    var second = Self.claim("A-2", frequency: .replacement)
    second.payerControlNumber = damaged.text
    let words = try await desk.process([second, Self.claim("B-1", member: "W2")], by: Self.editing).map(\.word)
    #expect(words == ["suspended", "paid"])
    let waiting = try await desk.standing("A-2")
    #expect(waiting.response.verdict == .suspended(Suspense(.otherClaimDamaged, beside: [damaged])))
  }

  @Test("is set aside if it waits in the queue, and the others are leased", arguments: StoreKind.allCases)
  func queued(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    let claims = (1...3).map {
      QueuedClaim(
        key: KeyText(effect: "intake", segments: ["P", "\($0)"]), payerID: PayerID("P"), priority: 0,
        receivedOn: Self.day, body: Array("{}".utf8), source: "claims.837", place: "segment \($0)")
    }
    let sealing =
      switch desk.world.place {
      case .file: "DROP TRIGGER queued_claims_are_not_changed"
      case .schema: "ALTER TABLE queued_claims DISABLE TRIGGER USER"
      }
    _ = try await desk.store.transaction { try $0.submit(claims, limit: 9).queued }
    try await desk.world.place.run(
      "\(sealing); UPDATE queued_claims SET received_on = 'never' WHERE intake_key = '\(claims[1].key)'")
    let leased = try await desk.store.transaction {
      try $0.lease(upTo: 9, by: WorkerID("worker"), until: $0.now.adding(.seconds(30)))
    }
    #expect(leased.map(\.lease.key) == [claims[0].key, claims[2].key])
    #expect(try await desk.store.read { try $0.deadLetters(after: nil, limit: 9) }.map(\.key) == [claims[1].key])
  }

  @Test("is named if a run has left it unfinished, and the others are finished", arguments: StoreKind.allCases)
  func unfinished(on kind: StoreKind) async throws {
    let desk = try await desk(on: kind)
    try await unfinished(desk, desk.store)
  }

  private func unfinished(_ desk: AdjustedWorld, _ store: ClaimStore) async throws {
    let claims = (1...9).map { Self.claim("A-\($0)", member: "W-\($0)") }
    let dead = ClaimProcessor(
      store: store, runner: ClaimsWorld.runner(), bank: SilentBank(bank: EmbeddedBank(desk.world.bank), hears: true),
      ruleset: Self.editing, settings: .init(enrollment: SampleRuleset.planID, patience: .zero))
    _ = try await dead.process(claims.placed)
    desk.world.letLeasesEnd()
    let damaged = try await damage(claims[4], at: desk)
    let heir = ClaimProcessor(
      store: store, runner: ClaimsWorld.runner(), bank: EmbeddedBank(desk.world.bank), ruleset: Self.editing,
      settings: .init(patience: .zero))
    let resumed = try await heir.resume(pageSize: 2)
    #expect(resumed.finished == 8 && resumed.damaged == [damaged])
    #expect(try await desk.world.bank.transfers().count == 9)
  }
}
