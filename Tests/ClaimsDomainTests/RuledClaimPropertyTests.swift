import ClaimsDomain
import Testing

/// Properties of every claim with all rules enabled: edits, physician fees, several procedures, sequestration, and
/// coordination as Medicare does it. Checked on a thousand claims for each seed.
@Suite("Properties of decisions by published tables")
struct RuledClaimPropertyTests {
  @Test("Every decision balances, and no line is allowed above its charge", arguments: Seeds.all)
  func balances(seed: UInt64) throws {
    var stream = RuledClaimStream(seed: seed)
    var (decided, denied, reduced, suspended) = (0, 0, 0, 0)
    for _ in 0..<1_000 {
      let (adjudicator, claim) = try (stream.adjudicator(), stream.claim())
      let spans = [try Sample.coverage()]
      if adjudicator.suspense(of: claim, among: spans) != nil { continue }
      var totals = Accumulators()
      let decision: Decision
      do {
        decision = try adjudicator.decide(
          claim, under: .init(received: Sample.day("2026-12-31"), spans: spans), accumulators: &totals)
      } catch AdjudicationFailure.suspended {
        suspended += 1
        #expect(totals == Accumulators())
        continue
      }
      decided += 1
      for line in decision.lines {
        let accounted = try line.paid + line.adjustments.map(\.amount).total()
        #expect(accounted == line.charge && line.allowed <= line.charge && !line.paid.isNegative)
        #expect(line.adjustments.allSatisfy { !$0.amount.isNegative && Self.isWritten($0) }, "\(line)")
        denied += line.isDenied ? 1 : 0
        reduced += line.adjustments.contains { $0.code == "CO-59" } ? 1 : 0
      }
    }
    // Every outcome must occur, or the random claims prove nothing about it.
    #expect(decided > 300 && denied > 100 && reduced > 20 && suspended > 50, "\((decided, denied, reduced, suspended))")
  }

  /// Whether the adjustment has a code that its rule declares, or that a price has outside the network.
  private static func isWritten(_ adjustment: Adjustment) -> Bool {
    let rule = adjustment.explanation.rule.declaration
    return [rule.denies, rule.adjusts, .balanceBilled, .otherPayers].compactMap(\.self).contains { code in
      code.group == adjustment.group && code.reason.rawValue == adjustment.reason
        && code.remark?.rawValue == adjustment.remark
    }
  }

  @Test("The order of a claim's lines does not change their total payment", arguments: Seeds.all)
  func orderOfLines(seed: UInt64) throws {
    var stream = RuledClaimStream(seed: seed, hasCostShares: false)
    for _ in 0..<200 {
      let (adjudicator, claim) = try (stream.adjudicator(), stream.claim(isPrimary: true))
      var turned = claim
      turned.lines = claim.lines.reversed()
      #expect(try outcome(of: claim, by: adjudicator) == outcome(of: turned, by: adjudicator))
    }
  }

  private func outcome(of claim: SubmittedClaim, by adjudicator: Adjudicator) throws -> [String] {
    var totals = Accumulators()
    do {
      let decision = try adjudicator.decide(
        claim, under: .init(received: Sample.day("2026-12-31"), spans: [Sample.coverage()]), accumulators: &totals)
      return decision.lines.sorted { $0.number < $1.number }.map { "\($0.number) \($0.allowed) \($0.paid)" }
    } catch AdjudicationFailure.suspended(let reason) {
      return [reason.code]
    }
  }
}
