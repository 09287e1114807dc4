import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import TestSupport
import Testing

@Suite("Concurrent claims of one family", .postgres)
struct LastDeductibleTests {
  private static let families = 12

  @Test("the last 100.00 of a deductible is applied once", arguments: StoreKind.allCases)
  func race(on kind: StoreKind) async throws {
    let world = try ClaimsWorld(on: kind)
    let store = try await world.openStore()
    try await store.transaction { try $0.enroll((1...Self.families).flatMap(Self.enrollments)) }
    // 500.00 and 400.00 of a family's 1,000.00; no member exceeds the individual 500.00.
    let before = (1...Self.families).flatMap { [Self.claim("A", of: $0, 62_500), Self.claim("B", of: $0, 50_000)] }
    let ended = try await world.process(before, on: store)
    #expect(ended.allSatisfy { $0.word == "paid" })

    let (one, other) = try await (world.openStore(), world.openStore())
    for family in 1...Self.families {
      async let first = world.process([Self.claim("C", of: family, 50_000)], on: one, patience: .seconds(20))
      async let second = world.process([Self.claim("D", of: family, 50_000)], on: other, patience: .seconds(20))
      let words = try await (first + second).map(\.word)
      #expect(words == ["paid", "paid"])
      let scope = AccumulatorScope(
        holder: .family(FamilyID("F-\(family)")), planID: SampleRuleset.planID, planYear: 2026, bucket: .deductible)
      #expect(try await store.read { try $0.accumulators([scope]) } == [scope: Money(cents: 100_000)])
      // One owes 100.00 and a fifth of the other 300.00; the other owes a fifth of 400.00.
      let owed = try await (first + second).compactMap { $0.audited?.row.amounts?.memberResponsibility.cents }
      #expect(owed.sorted() == [8_000, 16_000])
    }
  }

  /// A claim for equipment, which applies the deductible first and is allowed at 80 %.
  private static func claim(_ member: String, of family: Int, _ cents: Int64) -> SubmittedClaim {
    SampleClaim.make("\(member)-\(family)", member: "W\(family)\(member)", services: [.init("E0607", cents)])
  }

  private static func enrollments(of family: Int) -> [Enrollment] {
    let effective = CalendarDate(year: 2026, month: 1, day: 1).flatMap { DateRange($0, through: .openEnd) }
    return ["A", "B", "C", "D"].map { member in
      let coverage = Coverage(
        memberID: MemberID("W\(family)\(member)"), familyID: FamilyID("F-\(family)"), planID: SampleRuleset.planID,
        effective: effective ?? DateRange(.openEnd), coversFamily: true)
      return Enrollment(number: coverage.memberID, spans: [coverage])
    }
  }
}
