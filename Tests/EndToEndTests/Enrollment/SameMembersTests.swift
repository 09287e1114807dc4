import ClaimStore
import ClaimsApp
import ClaimsDomain
import Dispatch
import DurablePostgres
import Foundation
import PostgresDriver
import TestSupport
import Testing

@Suite("Processes that bring the same members to one PostgreSQL do not undo each other's transactions", .postgres)
struct SameMembersTests {
  private static let members = 100
  private static let peopleOfFile = 1_500

  @Test("four that load one member file and enroll the same new members finish without a deadlock or a second try")
  func together() async throws {
    let office = try Office()
    let store = try await StoreKind.postgres.store(in: office)
    try office.writePlans(to: "rules")
    let people = (1...Self.peopleOfFile).map { "FILE\($0),,Edda,Marlowe,1984-05-12,self,PPO,2026-01-01,\n" }
    try office.write(
      "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n" + people.joined(),
      to: "rules/members/many.csv")
    // The first run makes the store, and its bank is on record before the others start.
    let first = ClaimsOfMembers("FIRST", members: 1, day: "02", charge: "100.00")
    try office.write(first.text, to: "first.ndjson")
    #expect(try await office.process(["first.ndjson", "--enroll", "PPO"] + store.option).way == .exited(0))
    let before = try await Self.undone(in: store)

    let runs = try await withThrowingTaskGroup(of: Ended.self) { group in
      for day in 3...6 {
        let claims = ClaimsOfMembers("RUN\(day)", members: Self.members, day: "0\(day)", charge: "100.00")
        try office.write(claims.text, to: "\(day).ndjson")
        group.addTask {
          try await office.process(
            ["\(day).ndjson", "--plans", "rules", "--enroll", "PPO", "--batch", "50"] + store.option)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for run in runs { #expect(run.way == .exited(0), "\(run.errors)") }
    let known = "SELECT count(*) || ' ' || count(DISTINCT number) FROM coverages WHERE number LIKE "
    #expect(try await store.sql(known + "'FILE%'") == ["\(Self.peopleOfFile) \(Self.peopleOfFile)"])
    #expect(try await store.sql(known + "'ZZ%'") == ["\(Self.members) \(Self.members)"])
    let after = try await Self.undone(in: store)
    #expect(after.deadlocks == 0)
    // Each batch would be undone by those who enroll the same people. A connection that ends counts too, sometimes later.
    #expect(after.transactions - before.transactions < 8, "\(before), \(after)")
    try await office.verifiesClean("--store", store.name)
  }

  @Test("a new member whom a claim and a member file bring at once has the coverage of the file alone")
  func fileAndClaim() async throws {
    let office = try Office()
    let store = try await StoreKind.postgres.store(in: office)
    let first = ClaimsOfMembers("FIRST", members: 1, day: "02", charge: "100.00")
    try office.write(first.text, to: "first.ndjson")
    #expect(try await office.process(["first.ndjson", "--enroll", "PPO"] + store.option).way == .exited(0))
    try office.writePlans(to: "rules")
    try office.write(
      "member_id,subscriber_id,first,last,birth_date,relationship,plan_id,effective,termination\n"
        + "BOTH,,Edda,Marlowe,1984-05-12,self,PPO,2026-01-01,\n", to: "rules/members/new.csv")

    let number = MemberID("BOTH")
    let beginning = try #require(CalendarDate(year: 1970, month: 1, day: 1))
    let enrolled = Coverage(
      memberID: number, familyID: FamilyID("BOTH"), planID: PlanID("PPO"),
      effective: try #require(DateRange(beginning, through: .openEnd)), coversFamily: true)
    // The server ends a session that is idle in a transaction for longer than this.
    let claims = ClaimStore(try await PostgresStore(PostgresAddress(store.name), patience: .seconds(1200)))
    let (hasRead, mayAdd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    // Enrolls the member as a claim does, and commits only once the load waits.
    async let enrollment: Void = claims.transaction { transaction in
      guard try transaction.coverages(of: [number])[number] == nil else { return }
      hasRead.signal()
      mayAdd.wait()
      try transaction.add([number: enrolled])
    }
    try await onThread { hasRead.wait() }
    async let load = office.process(["first.ndjson", "--plans", "rules"] + store.option)
    // The load waits for some seconds only, so a thread of its own looks for it: a task may not get one for minutes.
    try await onThread {
      defer { mayAdd.signal() }
      let wire = try PostgresWire(PostgresAddress(store.name))
      let waiting = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'
        """
      let giveUp = ContinuousClock.now + .seconds(600)
      while try Self.count(waiting, on: wire) == 0, .now < giveUp { Thread.sleep(forTimeInterval: 0.02) }
    }
    try await enrollment
    let loaded = try await load
    #expect(loaded.way == .exited(0), "\(loaded.errors)")
    #expect(try await store.sql("SELECT first_day FROM coverages WHERE number = 'BOTH'") == ["2026-01-01"])
  }

  private static func count(_ query: String, on wire: PostgresWire) throws -> Int64 {
    try wire.send("count", query, PostgresArguments())
    return try wire.answers().first?.row(0).integer(0) ?? 0
  }

  /// How many deadlocks there were in the database, and how many transactions were undone.
  private static func undone(in store: StoreInUse) async throws -> (deadlocks: Int, transactions: Int) {
    let counts = try await store.sql(
      "SELECT deadlocks || ' ' || xact_rollback FROM pg_stat_database WHERE datname = current_database()")
    let numbers = try #require(counts.first).split(separator: " ").compactMap { Int($0) }
    try #require(numbers.count == 2)
    return (numbers[0], numbers[1])
  }
}
