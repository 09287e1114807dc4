import ClaimsDomain
import Foundation
import Testing

/// Properties of every decision, checked on 1,000 claims for each seed.
@Suite("Properties of every decision")
struct AdjudicationPropertyTests {
  /// A family's claims under one plan, in order of arrival.
  private struct Year {
    let plan: BenefitPlan
    let family: [Coverage]
    var claims: [(claim: SubmittedClaim, duplicates: Set<Int>)]
    let adjudicator: Adjudicator

    init(_ stream: inout ClaimStream) throws {
      plan = try stream.plan()
      family = try stream.family()
      let fees = try Sample.schedule(["G0463": "125", "G0439": "129.60", "J1885": "0.52", "E0601": "684"])
      let contracted = try Sample.days("2026-01-01", "2026-08-31")
      adjudicator = Adjudicator(
        ruleset: Ruleset(
          id: Sample.ruleset, digest: "", plans: [plan.id: plan], feeSchedules: ["standard": fees],
          networks: ["network": ProviderNetwork(name: "network", contracts: ["1234567893": [contracted]])]))
      claims = []
      for index in 0..<20 {
        let coverage = family[index % family.count]
        var claim = try stream.claim(of: coverage.memberID)
        if adjudicator.suspense(of: claim, among: [coverage]) != nil {
          // No plan here says how to coordinate this claim, so it would only wait.
          claim.payerSequence = .primary
          claim.otherPayers = nil
        }
        claims.append((claim, stream.duplicates(in: claim)))
      }
    }

    /// Decides all claims, and passes each decision with the totals after it to `check`.
    func decideAll(_ check: (SubmittedClaim, Decision, Accumulators, [AccumulatorScope: Money]) throws -> Void) throws {
      var totals: [AccumulatorScope: Money] = [:]
      for (claim, duplicates) in claims {
        var accumulators = Accumulators(balances: totals)
        let decision = try adjudicator.decide(
          claim,
          under: .init(received: Sample.day("2026-12-31"), spans: family.filter { $0.memberID == claim.memberID }),
          duplicates: duplicates, accumulators: &accumulators)
        try check(claim, decision, accumulators, totals)
        totals = accumulators.balances
      }
    }
  }

  private func years(_ seed: UInt64, _ body: (inout Year, inout ClaimStream) throws -> Void) throws {
    var stream = ClaimStream(seed: seed)
    for _ in 0..<50 {
      var year = try Year(&stream)
      try body(&year, &stream)
    }
  }

  @Test(
    "a reversed decision leaves the totals as they would be without it, whatever was decided since",
    arguments: Seeds.all)
  func reversal(seed: UInt64) throws {
    try years(seed) { year, stream in
      var added: [[AccumulatorScope: Money]] = []
      var last: [AccumulatorScope: Money] = [:]
      try year.decideAll { _, _, after, _ in
        added.append(Dictionary(after.applied.map { ($0.scope, $0.amount) }, uniquingKeysWith: { first, _ in first }))
        last = after.balances
      }
      // Reversing all decisions, in any order, leaves nothing.
      var totals = Accumulators(balances: last)
      for own in added.shuffled(using: &stream.random) { try totals.withdraw(own) }
      #expect(totals.balances.values.allSatisfy { $0 == .zero })
      // Reversing one decision leaves the others' amounts.
      let index = Int.random(in: added.indices, using: &stream.random)
      var without = Accumulators(balances: last)
      try without.withdraw(added[index])
      for (scope, balance) in without.balances {
        let others = try added.enumerated().filter { $0.offset != index }.compactMap { $0.element[scope] }.total()
        #expect(balance == others)
      }
    }
  }

  @Test("charge = paid + adjustments on every line and claim, and no amount is negative", arguments: Seeds.all)
  func balances(seed: UInt64) throws {
    try years(seed) { year, _ in
      try year.decideAll { claim, decision, _, _ in
        #expect(decision.charge == claim.charge)
        let all = decision.lines.flatMap(\.adjustments)
        let accounted = try decision.paid + all.map(\.amount).total()
        #expect(accounted == decision.charge)
        #expect(decision.lines.map(\.number) == claim.lines.map(\.number))
        for line in decision.lines {
          let accounted = try line.paid + line.adjustments.map(\.amount).total()
          let beside = try line.adjustments.filter { ["PR-45", "PR-119"].contains($0.code) }.map(\.amount).total()
          let covered = try line.paid + line.memberResponsibility - beside
          let isSound =
            accounted == line.charge && !line.paid.isNegative
            && (line.isDenied || covered == line.allowed || claim.payerSequence != .primary)
            && line.adjustments.allSatisfy { !$0.amount.isNegative }
          #expect(isSound, "\(line)")
        }
      }
    }
  }

  @Test(
    "Neither a member nor a family exceeds a limit, in whatever order a family's claims arrive", arguments: Seeds.all)
  func limits(seed: UInt64) throws {
    try years(seed) { year, stream in
      for _ in 0..<3 {
        year.claims = stream.shuffled(year.claims)
        let plan = year.plan
        let isFamily = year.family.count > 1
        try year.decideAll { _, _, after, _ in
          let passed = after.applied.map(\.scope).filter { scope in
            guard let limit = plan.limit(of: scope.bucket) else { return true }
            let most =
              switch scope.holder {
              case .family: isFamily ? limit.family : limit.individual
              case .member: !isFamily || limit.isEmbedded ? limit.individual : limit.family
              }
            return after.balance(of: scope) > most
          }
          #expect(passed.isEmpty)
        }
      }
    }
  }

  @Test(
    "Cost sharing counts toward the limits; amounts that are balance billed, denied or over a benefit's limit do not",
    arguments: Seeds.all)
  func consumption(seed: UInt64) throws {
    try years(seed) { year, _ in
      try year.decideAll { claim, decision, after, _ in
        func sum(_ codes: Set<String>, _ network: NetworkStatus) throws -> Money {
          try decision.lines.filter { !$0.isDenied && $0.network == network }.map { line in
            if let credit = line.credit { return codes.count == 1 ? credit.deductible : credit.outOfPocket }
            return try line.adjustments.filter { codes.contains($0.code) }.map(\.amount).total()
          }.total()
        }
        let sums: [(AccumulatorScope.Bucket, Money)] = [
          (.outOfPocket, try sum(["PR-1", "PR-2", "PR-3"], .inNetwork)),
          (.outOfNetworkOutOfPocket, try sum(["PR-1", "PR-2", "PR-3"], .outOfNetwork)),
          (.deductible, try sum(["PR-1"], .inNetwork)),
          (.outOfNetworkDeductible, try sum(["PR-1"], .outOfNetwork)),
        ]
        for (bucket, amount) in sums {
          let entries = after.applied.filter { $0.scope.bucket == bucket }
          let members = entries.filter { $0.scope.holder == .member(claim.memberID) }
          let families = entries.filter { $0.scope.holder == .family(Sample.family) }
          let totals = try [members, families].map { try $0.map(\.amount).total() }
          #expect(totals == [amount, amount] && entries.count == members.count + families.count)
        }
      }
    }
  }

  @Test("A benefit's totals equal what the lines used, and the plan's payments", arguments: Seeds.all)
  func benefitUse(seed: UInt64) throws {
    try years(seed) { year, _ in
      try year.decideAll { claim, decision, after, _ in
        for line in decision.lines where line.use?.paid != nil && claim.payerSequence == .primary {
          #expect(line.use?.paid == line.paid)
        }
        var used: [AccumulatorScope.Bucket: Money] = [:]
        for (bucket, amount) in decision.lines.compactMap(\.use).flatMap(\.amounts) {
          used[bucket] = try (used[bucket] ?? .zero) + amount
        }
        let entries = after.applied.filter { !$0.scope.bucket.isCostSharing }
        #expect(Dictionary(uniqueKeysWithValues: entries.map { ($0.scope.bucket, $0.amount) }) == used)
        #expect(entries.allSatisfy { $0.scope.holder == .member(claim.memberID) })
      }
    }
  }

  @Test("After other payers, the member owes at most what the last of them left", arguments: Seeds.all)
  func afterOtherPayers(seed: UInt64) throws {
    try years(seed) { year, _ in
      try year.decideAll { claim, decision, _, _ in
        guard claim.payerSequence != .primary else { return }
        for (line, submitted) in zip(decision.lines, claim.lines) where !line.isDenied {
          let left = try submitted.otherPayers?.last?.adjustments.filter { $0.group == "PR" }.map(\.amount).total()
          #expect(line.memberResponsibility <= left ?? .zero, "\(line)")
        }
      }
    }
  }

  @Test("The totals that a claim changes are among those that were requested before", arguments: Seeds.all)
  func scopes(seed: UInt64) throws {
    try years(seed) { year, _ in
      let (adjudicator, family) = (year.adjudicator, year.family)
      try year.decideAll { claim, _, after, _ in
        let asked = adjudicator.scopes(of: claim, among: family.filter { $0.memberID == claim.memberID })
        #expect(asked == asked.sorted() && Set(after.applied.map(\.scope)).isSubset(of: asked))
      }
    }
  }

  @Test(
    "The same claim decided again from the same totals gives the same decision, byte for byte", arguments: Seeds.all)
  func deterministic(seed: UInt64) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try years(seed) { year, _ in
      let again = year
      var decisions: [Data] = []
      try year.decideAll { _, decision, _, _ in decisions.append(try encoder.encode(decision)) }
      var index = 0
      try again.decideAll { _, decision, _, _ in
        let bytes = try encoder.encode(decision)
        #expect(bytes == decisions[index])
        index += 1
      }
    }
  }

  @Test(
    "A claim decided again after later claims gives the same decision, and adds nothing",
    arguments: Seeds.all)
  func decidedAgain(seed: UInt64) throws {
    try years(seed) { year, _ in
      var first: [(claim: SubmittedClaim, decision: Decision, own: [AccumulatorScope: Money])] = []
      var totals: [AccumulatorScope: Money] = [:]
      try year.decideAll { claim, decision, after, _ in
        first.append((claim, decision, Dictionary(uniqueKeysWithValues: after.applied.map { ($0.scope, $0.amount) })))
        totals = after.balances
      }
      for (index, (claim, decision, own)) in first.enumerated() {
        var accumulators = Accumulators(balances: totals)
        try accumulators.withdraw(own)
        let again = try year.adjudicator.decide(
          claim,
          under: .init(received: Sample.day("2026-12-31"), spans: year.family.filter { $0.memberID == claim.memberID }),
          duplicates: year.claims[index].duplicates, accumulators: &accumulators)
        #expect(again.lines.map(\.entries) == decision.lines.map(\.entries))
        #expect(accumulators.balances == totals && accumulators.applied.allSatisfy { $0.amount == .zero })
      }
    }
  }

  @Test("A decision is the same after a round trip through JSON", arguments: Seeds.all)
  func jsonRoundTrip(seed: UInt64) throws {
    try years(seed) { year, _ in
      try year.decideAll { _, decision, _, _ in
        let bytes = try JSONEncoder().encode(decision)
        #expect(try JSONDecoder().decode(Decision.self, from: bytes) == decision)
      }
    }
  }

  @Test("Explanations do not identify a member", arguments: Seeds.all)
  func noMemberData(seed: UInt64) throws {
    try years(seed) { year, _ in
      try year.decideAll { claim, decision, _, _ in
        let values = decision.lines.flatMap(\.adjustments).flatMap(\.explanation.inputs).map(\.value)
        #expect(!values.contains { $0 == claim.memberID.text || $0.contains(claim.subscriber.name.last) })
      }
    }
  }
}
