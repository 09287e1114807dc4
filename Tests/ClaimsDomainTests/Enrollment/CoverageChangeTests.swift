import ClaimsDomain
import Testing

@Suite("Changes in an enrollment file, applied to the recorded spans")
struct CoverageChangeTests {
  private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(parsing: text)) }

  /// Reads a span such as `PPO 2026-01-01 2026-06-30`; without a last day it is open-ended.
  private static func span(_ text: String) throws -> Coverage {
    let words = text.split(separator: " ").map(String.init)
    let last = words.count > 2 ? try day(words[2]) : .openEnd
    let days = try #require(DateRange(try day(words[1]), through: last))
    return make(PlanID(words[0]), days)
  }

  private static func make(_ plan: PlanID, _ days: DateRange) -> Coverage {
    Coverage(memberID: MemberID("M"), familyID: FamilyID("M"), planID: plan, effective: days, coversFamily: false)
  }

  private static func said(_ spans: [Coverage]) -> [String] {
    spans.map { span in
      let end = span.effective.last == .openEnd ? "" : " \(span.effective.last)"
      return "\(span.planID) \(span.effective.first)\(end)"
    }
  }

  private static func after(
    _ type: MaintenanceType, _ plan: String?, _ first: String?, _ last: String? = nil, on spans: [String]
  ) throws -> [String] {
    let change = CoverageChange(
      type, planID: plan.map { PlanID($0) }, first: try first.map(day), last: try last.map(day))
    return said(try change.applied(to: spans.map(span), make: make))
  }

  @Test("an addition begins a span; it replaces days of another plan, and the plan's own earlier days stay")
  func add() throws {
    #expect(try Self.after(.add, "PPO", "2026-03-01", on: []) == ["PPO 2026-03-01"])
    #expect(try Self.after(.add, "PPO", "2026-03-01", on: ["PPO 2026-01-01"]) == ["PPO 2026-01-01"])
    #expect(
      try Self.after(.add, "PPO", "2026-03-01", "2026-03-31", on: ["HMO 2026-01-01"]) == [
        "HMO 2026-01-01 2026-02-28", "PPO 2026-03-01 2026-03-31", "HMO 2026-04-01",
      ])
  }

  @Test("a change or an audit replaces all recorded days of the plan, including past ones")
  func change() throws {
    for type in [MaintenanceType.change, .audit] {
      #expect(try Self.after(type, "PPO", "2026-03-01", on: ["PPO 2026-01-01"]) == ["PPO 2026-03-01"])
      #expect(
        try Self.after(type, "PPO", "2025-06-01", "2026-05-31", on: ["PPO 2026-01-01"]) == ["PPO 2025-06-01 2026-05-31"]
      )
    }
    let moved = try Self.after(.change, "HMO", "2026-02-01", on: ["PPO 2026-01-01"])
    #expect(moved == ["PPO 2026-01-01 2026-01-31", "HMO 2026-02-01"])
  }

  @Test("adjacent days of one plan are one span only if they are of one group")
  func groups() throws {
    var earlier = try Self.span("PPO 2026-01-01 2026-03-31")
    for (before, stated, count) in [("A", "A", 1), ("A", "B", 2), (nil, "A", 2), (nil, nil, 1)] {
      earlier.groupNumber = before
      let change = CoverageChange(.add, planID: PlanID("PPO"), first: try Self.day("2026-04-01"), groupNumber: stated)
      let spans = try change.applied(to: [earlier]) { plan, days in
        var span = Self.make(plan, days)
        span.groupNumber = change.groupNumber
        return span
      }
      #expect(spans.count == count && spans.first?.groupNumber == before && spans.last?.groupNumber == stated)
    }
  }

  @Test("a termination ends the plan, or all plans, and removes spans that had not begun")
  func terminate() throws {
    #expect(
      try Self.after(.terminate, "PPO", nil, "2026-02-28", on: ["PPO 2026-01-01"]) == ["PPO 2026-01-01 2026-02-28"])
    #expect(
      try Self.after(.terminate, nil, nil, "2026-02-28", on: ["HMO 2025-01-01 2025-12-31", "PPO 2026-03-01"]) == [
        "HMO 2025-01-01 2025-12-31"
      ])
    // Coverage that has already ended is not extended.
    #expect(
      try Self.after(.terminate, "PPO", nil, "2026-09-30", on: ["PPO 2026-01-01 2026-02-28"]) == [
        "PPO 2026-01-01 2026-02-28"
      ])
    #expect(throws: CoverageChange.Refusal.noEnd) { try Self.after(.terminate, "PPO", nil, on: ["PPO 2026-01-01"]) }
  }

  @Test(
    "a reinstatement reopens the latest span, or begins a new one on its day; without recorded coverage it is refused")
  func reinstate() throws {
    let ended = ["PPO 2026-01-01 2026-02-28"]
    #expect(try Self.after(.reinstate, nil, nil, on: ended) == ["PPO 2026-01-01"])
    #expect(try Self.after(.reinstate, "PPO", "2026-03-01", on: ended) == ["PPO 2026-01-01"])
    #expect(
      try Self.after(.reinstate, "PPO", "2026-05-01", on: ended) == ["PPO 2026-01-01 2026-02-28", "PPO 2026-05-01"])
    #expect(throws: CoverageChange.Refusal.nothingToReinstate) { try Self.after(.reinstate, nil, nil, on: []) }
  }

  @Test("a reinstatement keeps the group on record, unless it says another", arguments: [nil, "G-2"])
  func group(stated: String?) throws {
    var ended = try Self.span("PPO 2026-01-01 2026-02-28")
    ended.groupNumber = "G-1"
    let change = CoverageChange(.reinstate, planID: PlanID("PPO"), groupNumber: stated)
    #expect(try change.applied(to: [ended], make: Self.make).map(\.groupNumber) == [stated ?? "G-1"])
  }

  @Test("a deletion removes the plan completely")
  func delete() throws {
    #expect(try Self.after(.delete, "PPO", nil, on: ["HMO 2025-01-01 2025-12-31", "PPO 2026-01-01"]).count == 1)
  }

  @Test("a change without a first day, or with an end before it, is refused")
  func refused() throws {
    #expect(throws: CoverageChange.Refusal.noBeginning) { try Self.after(.add, "PPO", nil, on: []) }
    #expect(throws: CoverageChange.Refusal.endsBeforeItBegins) {
      try Self.after(.add, "PPO", "2026-03-01", "2026-02-01", on: [])
    }
  }

  @Test("after any changes in any order, spans are sorted and disjoint, and the same change again has no effect")
  func property() throws {
    for seed in UInt64(1)...3_000 {
      var random = SeededGenerator(seed: seed)
      var spans: [Coverage] = []
      for _ in 1...6 {
        let type = try #require(MaintenanceType.allCases.randomElement(using: &random))
        let plan = ["PPO", "HMO", nil].randomElement(using: &random)?.map { PlanID($0) }
        let (begins, ends) = (Bool.random(using: &random), Bool.random(using: &random))
        let first = begins ? CalendarDate(dayNumber: Int.random(in: 20_000...20_200, using: &random)) : nil
        let last = ends ? CalendarDate(dayNumber: Int.random(in: 20_000...20_300, using: &random)) : nil
        let change = CoverageChange(type, planID: plan, first: first, last: last)
        guard let after = try? change.applied(to: spans, make: Self.make) else { continue }
        for (span, next) in zip(after, after.dropFirst()) {
          #expect(span.effective.last < next.effective.first, "seed \(seed)")
        }
        #expect(try change.applied(to: after, make: Self.make) == after, "seed \(seed) \(change)")
        if let plan, let first, [.add, .change, .audit].contains(type) {
          guard case .active(let coverage) = CoverageStanding(on: first, among: after) else {
            Issue.record("seed \(seed): not covered on the first day")
            continue
          }
          #expect(coverage.planID == plan, "seed \(seed)")
        }
        spans = after
      }
    }
  }
}
