/// What the payers before us decided about a claim, checked to the cent and divided by line. On a line, charge = paid +
/// Σ CAS; on the claim, paid = Σ of its lines - Σ CAS of the claim, for each payer (837 TR3 005010X222 and X223,
/// 1.4.1.1, coordination of benefits data model and balancing).
package struct OtherPayerAccount {
  /// The prior payments, by line number.
  let payments: [Int: PriorPayment]

  /// - Throws: `SuspenseReason` when the amounts cannot be divided by line or do not add up.
  package init(of claim: SubmittedClaim) throws(SuspenseReason) {
    let payers = claim.payersBefore
    guard let last = payers.last else { throw .otherPayerFirst }
    guard payers.allSatisfy({ $0.paid != nil }), Set(payers.map(\.id)).count == payers.count else {
      throw .otherPayerUndecided
    }
    let ids = Set(payers.map(\.id))
    for line in claim.lines {
      guard ids.isSuperset(of: (line.otherPayers ?? []).map(\.payer)) else { throw .otherPayerUnbalanced }
    }
    var accounts: [PayerID: [Int: PriorPayment]] = [:]
    for payer in payers { accounts[payer.id] = try Self.payments(by: payer, of: claim) }
    do {
      var payments: [Int: PriorPayment] = [:]
      for line in claim.lines {
        let paid = try payers.map { accounts[$0.id]?[line.number]?.paid ?? .zero }.total()
        guard paid <= line.charge else { throw SuspenseReason.otherPayerUnbalanced }
        payments[line.number] = PriorPayment(
          paid: paid, memberOwes: accounts[last.id]?[line.number]?.memberOwes ?? .zero,
          acceptedInFull: line.acceptedInFull)
      }
      if let whole = claim.acceptedInFull, claim.lines.allSatisfy({ $0.acceptedInFull == nil }) {
        try Self.share(whole, of: claim, among: &payments)
      }
      self.payments = payments
    } catch {
      throw .otherPayerUnbalanced
    }
  }

  /// Spreads the amount that the provider must accept as payment in full for the whole claim. The part above the
  /// payments is divided among the lines in proportion to what is open on each, so that the parts never add up to more
  /// than the amount.
  private static func share(
    _ whole: Money, of claim: SubmittedClaim, among payments: inout [Int: PriorPayment]
  ) throws(MoneyError) {
    let paid = claim.lines.map { payments[$0.number]?.paid ?? .zero }
    let open = try zip(claim.lines, paid).map { line, paid throws(MoneyError) in try line.charge - paid }
    let left = max(.zero, try whole - paid.total())
    for (index, part) in left.spread(over: open).enumerated() {
      payments[claim.lines[index].number]?.acceptedInFull = try paid[index] + part
    }
  }

  private static func payments(
    by payer: OtherPayer, of claim: SubmittedClaim
  ) throws(SuspenseReason) -> [Int: PriorPayment] {
    do {
      var parts = try Self.parts(by: payer, of: claim)
      for adjustment in payer.adjustments {
        let shares = adjustment.amount.spread(over: parts.map(\.open))
        for (index, share) in shares.enumerated() where share != .zero {
          parts[index].open = try parts[index].open - share
          parts[index].adjustments.append(
            OtherPayerAdjustment(group: adjustment.group, reason: adjustment.reason, amount: share))
        }
      }
      guard try parts.map(\.open).total() == payer.paid else { throw SuspenseReason.otherPayerUnbalanced }
      var payments: [Int: PriorPayment] = [:]
      for part in parts { payments[part.line.number] = try payment(part.open, part.adjustments, of: part.line) }
      return payments
    } catch {
      throw .otherPayerUnbalanced
    }
  }

  /// What a payer reported for one line.
  private struct Part {
    let line: ServiceLine
    /// The amount paid, once the adjustments of the whole claim are subtracted.
    var open: Money
    var adjustments: [OtherPayerAdjustment]
  }

  /// Adds all decisions of a payer about a line: a bundled or unbundled line has several (RFI 1555, 1747). If the payer
  /// reports nothing by line, the whole charge is open. Adjustments of the whole claim are spread over the lines in
  /// proportion to what is open on each, to the cent.
  private static func parts(by payer: OtherPayer, of claim: SubmittedClaim) throws -> [Part] {
    let told = claim.lines.map { line in (line.otherPayers ?? []).filter { $0.payer == payer.id } }
    guard !told.allSatisfy(\.isEmpty) else {
      return claim.lines.map { Part(line: $0, open: $0.charge, adjustments: []) }
    }
    return try zip(claim.lines, told).map { line, decisions in
      guard !decisions.isEmpty else { throw SuspenseReason.otherPayerUnbalanced }
      return Part(
        line: line, open: try decisions.map(\.paid).total(), adjustments: decisions.flatMap(\.adjustments))
    }
  }

  private static func payment(
    _ paid: Money, _ adjustments: [OtherPayerAdjustment], of line: ServiceLine
  ) throws(SuspenseReason) -> PriorPayment {
    let left = adjustments.filter(\.isPatientResponsibility)
    guard !paid.isNegative, (try? paid + adjustments.map(\.amount).total()) == line.charge,
      let owes = try? left.map(\.amount).total(), !owes.isNegative
    else { throw .otherPayerUnbalanced }
    return PriorPayment(paid: paid, memberOwes: owes)
  }
}

extension Money {
  /// Splits the amount into parts that are proportional to the weights and add up to the whole. Each part is rounded
  /// down, and the remaining cents go to the largest remainders, with ties going to the first. If all weights are zero,
  /// the first part takes everything.
  func spread(over weights: [Money]) -> [Money] {
    guard let first = weights.indices.first else { return [] }
    let sum = weights.reduce(Int128(0)) { $0 + Int128(max($1.cents, 0)) }
    guard sum > 0 else { return weights.indices.map { $0 == first ? self : .zero } }
    let whole = Int128(cents.magnitude)
    var parts = weights.map { whole * Int128(max($0.cents, 0)) / sum }
    let remainders = weights.map { whole * Int128(max($0.cents, 0)) % sum }
    let left = Int(whole - parts.reduce(0, +))
    let order = weights.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
    for index in order.prefix(left) { parts[index] += 1 }
    return parts.map { Money(cents: Int64($0) * (cents < 0 ? -1 : 1)) }
  }
}

/// What a member owes on one line, in the order in which it was charged.
struct LineShares {
  private(set) var shares: [MemberShare] = []
  /// The amount above a benefit's limit. The member owes it, but it is not cost sharing.
  private(set) var excess: Adjustment?
  private(set) var total = Money.zero
  /// The copay before the out-of-pocket maximum and other payers, which is what the visit has used of it.
  var copay: Money?

  mutating func ask(_ share: MemberShare) throws(MoneyError) {
    total = try total + share.amount
    shares.append(share)
  }

  mutating func ask(_ excess: Adjustment) throws(MoneyError) {
    total = try total + excess.amount
    self.excess = excess
  }

  func credit() throws(MoneyError) -> CostShareCredit {
    CostShareCredit(
      deductible: try shares.lazy.filter { $0.kind == .deductible }.map(\.amount).total(),
      outOfPocket: try shares.lazy.map(\.amount).total())
  }

  /// Forgives the most recently charged share first, as the out-of-pocket maximum does.
  mutating func forgive(to most: Money) throws(MoneyError) {
    var over = max(.zero, try total - most)
    total = try total - over
    if let amount = excess?.amount {
      let cut = min(over, amount)
      excess?.amount = try amount - cut
      over = try over - cut
    }
    for index in shares.indices.reversed() where over != .zero {
      let cut = min(over, shares[index].amount)
      shares[index].explanation.inputs.append(RuleInput("before other payers", shares[index].amount))
      shares[index].amount = try shares[index].amount - cut
      over = try over - cut
    }
  }
}
