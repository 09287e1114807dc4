import ClaimsDomain
import Testing

@Suite("Care of one day on several claims")
struct SplitDayTests {
  private struct Table {
    var pairs: [(column1: String, column2: String, indicator: ProcedureToProcedureEdit.ModifierIndicator)]
    var units: [String: MedicallyUnlikelyEdit]

    func adjudicator() throws -> Adjudicator {
      let year = try Sample.days("2026-01-01", "2026-12-31")
      var (tables, plan) = (ReferenceTables(content: [:]), Sample.plan())
      tables.pairs[.practitioner] = Editions([
        (
          year,
          ProcedureToProcedureEdits(
            pairs.map {
              ProcedureToProcedureEdit(
                column1: $0.column1, column2: $0.column2, effective: year.first, deletion: nil,
                modifierIndicator: $0.indicator)
            })
        )
      ])
      tables.units[.practitioner] = Editions([(year, units)])
      plan.edits = [.procedureToProcedure, .medicallyUnlikely]
      return Adjudicator(
        ruleset: Ruleset(
          id: Sample.ruleset, digest: "", plans: [plan.id: plan], feeSchedules: [:], tables: tables))
    }

    /// Whether both lines may be paid, determined without the rule: 59 is an NCCI modifier, GA is not.
    func letsBothBePaid(_ one: EditedLine, _ other: EditedLine) -> Bool {
      !pairs.contains { pair in
        one.day == other.day && Set([one.code, other.code]) == [pair.column1, pair.column2]
          && (pair.indicator == .notAllowed || !one.modifiers.union(other.modifiers).contains("59"))
      }
    }
  }

  private static let codes = (1...5).map { "G000\($0)" }

  private func table(_ random: inout SeededGenerator) -> Table {
    func code() -> String { Self.codes[Int.random(in: 0..<5, using: &random)] }
    let pairs = (0..<4).map { _ in (code(), code(), Bool.random(using: &random)) }.filter { $0.0 != $0.1 }
    return Table(
      pairs: pairs.map { ($0.0, $0.1, $0.2 ? .allowed : .notAllowed) },
      units: Dictionary(
        uniqueKeysWithValues: Self.codes.dropFirst().map {
          let adjudication = MedicallyUnlikelyEdit.Adjudication(rawValue: Int.random(in: 1...3, using: &random))
          return ($0, MedicallyUnlikelyEdit(code: $0, units: 3, adjudication: adjudication ?? .line))
        }))
  }

  private func claim(_ number: Int, _ random: inout SeededGenerator) throws -> SubmittedClaim {
    let lines = try (1...Int.random(in: 1...3, using: &random)).map { index in
      let first = Int.random(in: 2...4, using: &random)
      return try Sample.line(
        index, Self.codes[Int.random(in: 0..<5, using: &random)], charge: "\(number * 10 + index)",
        modifiers: [[], [], ["59"], ["GA"]][Int.random(in: 0..<4, using: &random)],
        units: Units(Int.random(in: 1...2, using: &random)), on: "2026-03-0\(first)",
        through: "2026-03-0\(first + [0, 0, 1, 2][Int.random(in: 0..<4, using: &random)])")
    }
    return try Sample.claim(lines, number: "C\(number)")
  }

  /// Decides claims as the pipeline does: the allowed lines of one claim count for the next.
  private func allowed(
    _ claims: [SubmittedClaim], by adjudicator: Adjudicator
  ) throws -> (lines: [EditedLine], suspended: Int, denied: Int) {
    var (allowed, suspended, denied): ([EditedLine], Int, Int) = ([], 0, 0)
    for claim in claims {
      var totals = Accumulators()
      do {
        let decision = try adjudicator.decide(
          claim, under: .init(received: Sample.day("2026-04-01"), spans: [Sample.coverage()]),
          allowedElsewhere: allowed,
          accumulators: &totals)
        for line in claim.lines {
          if decision.lines.contains(where: { $0.number == line.number && $0.isDenied }) {
            denied += 1
            continue
          }
          let days = try #require(claim.serviceDates(of: line)).days
          allowed += days.compactMap {
            EditedLine(line, on: $0, allowedOn: ClaimIntakeID(claim.claimNumber.text))
          }
        }
      } catch AdjudicationFailure.suspended(let suspense) {
        #expect(suspense.reason == .columnTwoElsewhere)
        let other = try #require(suspense.otherClaims.first, "the suspense must name a claim with allowed lines")
        #expect(allowed.contains { $0.allowedOn == other })
        suspended += 1
      }
    }
    return (allowed, suspended, denied)
  }

  @Test(
    "However a day's lines are spread over claims, no pair is paid, and no more units than on one claim",
    arguments: Seeds.all)
  func spread(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var (suspended, denied) = (0, 0)
    for _ in 0..<60 {
      let table = table(&random)
      let claims = try (1...5).map { try claim($0, &random) }
      let outcome = try allowed(claims, by: table.adjudicator())
      (suspended, denied) = (suspended + outcome.suspended, denied + outcome.denied)
      for (index, line) in outcome.lines.enumerated() {
        #expect(outcome.lines[(index + 1)...].allSatisfy { table.letsBothBePaid(line, $0) })
      }
      for (_, lines) in Dictionary(grouping: outcome.lines, by: { "\($0.code) \($0.day)" }) {
        guard let edit = table.units[lines[0].code], edit.adjudication != .line else { continue }
        #expect(lines.map(\.units.thousandths).reduce(0, +) <= Int64(edit.units) * 1_000)
      }
    }
    #expect(suspended > 5 && denied > 50, "\(suspended) \(denied)")
  }

  private let pair = Table(pairs: [("G0001", "G0002", .notAllowed)], units: [:])

  private func suspense(
    of lines: [ServiceLine], waiving waived: [Waiver] = [], compared: Set<ClaimIntakeID>? = nil,
    beside others: [String] = ["CLM-7"]
  ) throws -> Suspense? {
    var claim = try Sample.claim(lines)
    claim.revision = ClaimRevision(
      replaces: ClaimIntakeID("CLM-1"), cause: .release, ruleset: Sample.ruleset, waived: waived,
      compared: compared)
    let line = try Sample.line(3, "G0002", charge: "50")
    let before = try others.map {
      try #require(EditedLine(line, on: Sample.day("2026-03-02"), allowedOn: ClaimIntakeID($0)))
    }
    var totals = Accumulators()
    do {
      _ = try pair.adjudicator().decide(
        claim, under: .init(received: Sample.day("2026-04-01"), spans: [Sample.coverage()]), allowedElsewhere: before,
        accumulators: &totals)
      return nil
    } catch AdjudicationFailure.suspended(let suspense) {
      return suspense
    }
  }

  @Test("A column 1 code waits for a person if column 2 was allowed before, until it is released")
  func waits() throws {
    let line = try Sample.line(1, "G0001", charge: "100")
    let waiting = try #require(try suspense(of: [line]))
    #expect(waiting == Suspense(.columnTwoElsewhere, beside: [ClaimIntakeID("CLM-7")]))
    #expect(try suspense(of: [line], waiving: [.wait(.nearDuplicate)]) != nil)
    #expect(try suspense(of: [line], waiving: [.wait(waiting.reason)]) == nil)
    #expect(try suspense(of: [Sample.line(1, "G0001", charge: "100", on: "2026-03-03")]) == nil)
    #expect(
      try suspense(of: [Sample.line(1, "G0001", charge: "100", on: "2025-03-02")]) == nil,
      "coverage denies the line first")
  }

  @Test("It waits for every claim that was allowed column 2, until a person has compared it with each")
  func compared() throws {
    let line = try Sample.line(1, "G0001", charge: "100")
    let (seven, eight) = (ClaimIntakeID("CLM-7"), ClaimIntakeID("CLM-8"))
    let cases: [(Set<ClaimIntakeID>, [ClaimIntakeID])] = [
      ([], [seven, eight]), ([seven], [eight]), ([eight], [seven]), ([seven, eight], []),
    ]
    for (compared, left) in cases {
      let suspense = try suspense(
        of: [line], waiving: [.wait(.columnTwoElsewhere)], compared: compared, beside: ["CLM-8", "CLM-7"])
      #expect(suspense == (left.isEmpty ? nil : Suspense(.columnTwoElsewhere, beside: left)))
    }
  }
}
