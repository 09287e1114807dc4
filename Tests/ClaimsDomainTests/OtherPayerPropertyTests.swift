import ClaimsDomain
import Testing

/// Random claims that other payers pay too, and random acts of people on them.
@Suite("Whatever is released, priced, waived or entered, at most what the payer in turn owes is paid")
struct OtherPayerPropertyTests {
  private static let claims = 10_000

  @Test func `all payers together never pay above the charge, and OA-23 balances`() throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    var random = SeededGenerator(seed: seed)
    var (decided, suspended, paidAfterOthers) = (0, 0, 0)
    for number in 1...Self.claims {
      let method = CoordinationOfBenefits.allCases.randomElement(using: &random) ?? .standard
      var plan = Sample.plan(coinsurance: BasisPoints(Int64.random(in: 0...50, using: &random) * 100))
      plan.coordinationOfBenefits = Int.random(in: 0..<10, using: &random) == 0 ? nil : method
      var claim = try Self.claim(using: &random)
      let acts = Int.random(in: 0...4, using: &random)
      for _ in 0..<acts { claim = try Self.act(on: claim, using: &random) }
      var desk = try Desk(plan)
      let decision: Decision
      do {
        decision = try desk.decide(claim)
      } catch AdjudicationFailure.suspended {
        suspended += 1
        continue
      }
      decided += 1
      let note = Comment("seed \(seed), claim \(number): \(claim)")
      guard claim.payerSequence != .primary else {
        #expect(claim.payersBefore.isEmpty, note)
        continue
      }
      #expect(plan.coordinationOfBenefits != nil && !claim.payersBefore.isEmpty, note)
      let before = try claim.payersBefore.compactMap(\.paid).reduce(.zero, +)
      #expect(try before + decision.paid <= claim.charge, note)
      if method == .standard {
        let left = try Self.leftByLast(of: claim)
        #expect(try decision.paid + decision.memberResponsibility <= left, note)
      }
      if decision.paid > .zero { paidAfterOthers += 1 }
      for line in decision.lines {
        let taken = try line.adjustments.map(\.amount).reduce(.zero, +)
        #expect(try line.paid + taken == line.charge && !line.paid.isNegative, note)
        #expect(line.adjustments.allSatisfy { !$0.amount.isNegative }, note)
      }
    }
    print(
      "other payers, seed \(seed): \(Self.claims) claims, \(decided) decided, \(suspended) wait, \(paidAfterOthers) paid "
        + "after others")
    #expect(decided > Self.claims / 10 && suspended > Self.claims / 10 && paidAfterOthers > Self.claims / 50)
  }

  /// Returns what the last payer before us left to the patient, according to the claim.
  private static func leftByLast(of claim: SubmittedClaim) throws -> Money {
    guard let last = claim.payersBefore.last else { return .zero }
    let ofLines = claim.lines.flatMap { $0.otherPayers ?? [] }.filter { $0.payer == last.id }.flatMap(\.adjustments)
    return try (ofLines + last.adjustments).filter { $0.group == "PR" }.map(\.amount).reduce(.zero, +)
  }

  // MARK: Claims

  private static func cents(_ most: Int64, using random: inout SeededGenerator) -> Money {
    Money(cents: Int64.random(in: 0...max(0, most), using: &random))
  }

  private static func claim(using random: inout SeededGenerator) throws -> SubmittedClaim {
    let lines = try (1...Int.random(in: 1...3, using: &random)).map {
      try Sample.line($0, ["G0463", "J1885"].randomElement(using: &random) ?? "G0463", charge: "0")
    }.map { line in
      var line = line
      line.charge = cents(200_00, using: &random)
      return line
    }
    var claim = try Sample.claim(lines)
    let turns: [PayerSequence] = [.primary, .secondary, .tertiary]
    claim.payerSequence = turns.randomElement(using: &random) ?? .secondary
    let count = Int.random(in: 0...2, using: &random)
    claim.otherPayers = count == 0 ? nil : []
    for index in 0..<count {
      // The turns are mostly in order, sometimes not.
      let turn = Int.random(in: 0..<8, using: &random) == 0 ? turns.randomElement(using: &random) : turns[index]
      try add(PayerID("P\(index)"), turn ?? .primary, to: &claim, using: &random)
    }
    claim.otherPayers?.shuffle(using: &random)
    if Int.random(in: 0..<4, using: &random) == 0 { claim.acceptedInFull = cents(claim.charge.cents, using: &random) }
    if Int.random(in: 0..<4, using: &random) == 0 { claim.lines[0].acceptedInFull = cents(250_00, using: &random) }
    return claim
  }

  private static func add(
    _ id: PayerID, _ turn: PayerSequence, to claim: inout SubmittedClaim, using random: inout SeededGenerator
  ) throws {
    var payer = OtherPayer(id: id, sequence: turn)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: break
    case 1:
      let paid = cents(claim.charge.cents, using: &random)
      payer.paid = paid
      payer.adjustments = try adjustments(of: try claim.charge - paid, using: &random)
    default:
      var total = Money.zero
      for index in claim.lines.indices {
        let paid = cents(claim.lines[index].charge.cents, using: &random)
        total = try total + paid
        let rest = try adjustments(of: try claim.lines[index].charge - paid, using: &random)
        claim.lines[index].otherPayers =
          (claim.lines[index].otherPayers ?? []) + [
            OtherPayerLine(payer: id, paid: paid, adjustments: rest)
          ]
      }
      // Sometimes one cent too much.
      payer.paid = Int.random(in: 0..<10, using: &random) == 0 ? try total + Money(cents: 1) : total
    }
    claim.otherPayers = (claim.otherPayers ?? []) + [payer]
  }

  private static func adjustments(
    of amount: Money, using random: inout SeededGenerator
  ) throws -> [OtherPayerAdjustment] {
    let left = cents(amount.cents, using: &random)
    return [
      OtherPayerAdjustment(group: "PR", reason: "2", amount: left),
      OtherPayerAdjustment(group: "CO", reason: "45", amount: try amount - left),
    ].filter { $0.amount != .zero }
  }

  // MARK: Acts

  private static func act(on claim: SubmittedClaim, using random: inout SeededGenerator) throws -> SubmittedClaim {
    var claim = claim
    var revision =
      claim.revision
      ?? ClaimRevision(replaces: ClaimIntakeID("CLM-1"), cause: .release, ruleset: Sample.ruleset)
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      let waivers = SuspenseReason.allCases.map(Waiver.wait) + RuleID.allCases.map(Waiver.rule) + [.priorClaim]
      revision.waived = (revision.waived + waivers.shuffled(using: &random).prefix(12)).sorted()
    case 1:
      let line = Int.random(in: 1...claim.lines.count, using: &random)
      revision.prices = [ChosenPrice(line: line, amount: cents(400_00, using: &random))]
    default:
      let paid = cents(claim.charge.cents, using: &random)
      let result = EnteredPayer.Result(
        paid: paid, patientOwes: cents(try (claim.charge - paid).cents, using: &random))
      let turn: PayerSequence = Bool.random(using: &random) ? .primary : .secondary
      claim = try claim.entering([EnteredPayer(id: PayerID("P0"), sequence: turn, result: result)], turn: nil)
    }
    claim.revision = revision
    return claim
  }
}
