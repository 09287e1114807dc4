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

  /// How many deadlocks there were in the database, and how many transactions were undone.
  private static func undone(in store: StoreInUse) async throws -> (deadlocks: Int, transactions: Int) {
    let counts = try await store.sql(
      "SELECT deadlocks || ' ' || xact_rollback FROM pg_stat_database WHERE datname = current_database()")
    let numbers = try #require(counts.first).split(separator: " ").compactMap { Int($0) }
    try #require(numbers.count == 2)
    return (numbers[0], numbers[1])
  }
}
