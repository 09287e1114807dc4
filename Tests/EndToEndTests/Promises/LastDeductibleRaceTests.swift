import Testing

@Suite("Two processes and the last 100.00 of a deductible")
struct LastDeductibleRaceTests {
  private static let members = 500

  @Test(
    "for 500 members with two claims each, decided by two concurrent processes, 100.00 is applied every time",
    arguments: StoreKind.allCases)
  func race(kind: StoreKind) async throws {
    let office = try Office()
    let store = try await kind.store(in: office)
    // 650.00 of a deductible of 750.00; then 600.00 twice.
    try office.write(Self.claims("PRIME", day: "02", charge: "1083.33"), to: "prime.ndjson")
    try office.write(Self.claims("ONE", day: "05", charge: "1000.00"), to: "one.ndjson")
    try office.write(Self.claims("OTHER", day: "08", charge: "1000.00"), to: "other.ndjson")
    #expect(try await office.process(["prime.ndjson", "--enroll", "PPO"] + store.option).way == .exited(0))
    #expect(try await store.sql(Self.totals) == ["\(Self.members) 65000 65000"])

    // One claim per transaction, so that both processes repeatedly meet at the same member.
    let alone = ["--batch", "1", "--output", "json"] + store.option
    async let first = office.process(["one.ndjson"] + alone)
    async let second = office.process(["other.ndjson"] + alone)
    let runs = try await [first, second]
    #expect(runs.allSatisfy { $0.way == .exited(0) })
    #expect(try await store.sql(Self.totals) == ["\(Self.members) 75000 75000"])
    // 400.00 for the first claim, 480.00 for the other.
    let paid = try runs.map { try $0.reports().compactMap(\.planPaid) }
    #expect(paid.map(\.count) == [Self.members, Self.members])
    #expect(zip(paid[0], paid[1]).allSatisfy { Set([$0, $1]) == ["400.00", "480.00"] })
    let won = paid.map { $0.count { $0 == "400.00" } }
    print("last 100.00, \(kind): applied by the one process \(won[0]) times, by the other \(won[1]) times")
    try await office.verifiesClean("--store", store.name)
  }

  /// Selects the number of members, and the smallest and the largest amount applied to a deductible.
  private static let totals = """
    SELECT count(*) || ' ' || min(applied) || ' ' || max(applied) FROM (
      SELECT sum(amount_cents) AS applied FROM accumulator_entries
      WHERE holder_kind = 'member' AND bucket = 'deductible' GROUP BY holder) AS totals
    """

  private static func claims(_ number: String, day: String, charge: String) -> String {
    ClaimsOfMembers(number, members: members, day: day, charge: charge).text
  }
}
