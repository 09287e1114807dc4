/// What one kind of cost sharing requires of the member for a line.
struct MemberShare {
  let kind: CostShareKind
  var amount: Money
  var explanation: RuleExplanation

  init(_ kind: CostShareKind, _ amount: Money, by rule: RuleID, _ inputs: RuleInput...) {
    self.kind = kind
    self.amount = amount
    explanation = RuleExplanation(rule, inputs)
  }

  var adjustment: Adjustment {
    Adjustment(amount: amount, by: explanation)
  }
}

/// The terms for sharing one line's cost. In the network, these are the plan's own terms and those of the line's
/// benefit; out of it, the plan's out-of-network terms, which have neither copay nor waiver.
struct CostShareTerms {
  let deductible: FamilyLimit
  let outOfPocketMaximum: FamilyLimit
  let coinsurance: BasisPoints
  let copay: Money
  let waivesDeductible: Bool

  init(of line: CoveredLine) {
    let plan = line.terms.plan
    if line.network == .outOfNetwork, let outside = plan.outOfNetwork {
      deductible = outside.deductible
      outOfPocketMaximum = outside.outOfPocketMaximum
      coinsurance = outside.coinsurance
      copay = .zero
      waivesDeductible = false
    } else {
      deductible = plan.deductible
      outOfPocketMaximum = plan.outOfPocketMaximum
      coinsurance = line.benefit?.coinsurance ?? plan.coinsurance
      copay = line.benefit?.copay ?? .zero
      waivesDeductible = line.benefit?.waivesDeductible ?? false
    }
  }
}

/// PR-1: What the member pays before the plan pays, until the year's deductible is met. A benefit may waive it.
struct Deductible {
  func share(of open: Money, under terms: CostShareTerms, _ year: YearToDate) throws(MoneyError) -> MemberShare? {
    guard !terms.waivesDeductible else { return nil }
    let left = try terms.deductible.left(
      coversFamily: year.coverage.coversFamily, member: year.deductible.member, family: year.deductible.family)
    let amount = min(open, left)
    guard amount != .zero else { return nil }
    return MemberShare(
      .deductible, amount, by: .deductible, RuleInput("of", open), RuleInput("deductible left", left))
  }
}

/// PR-2: The member's percentage of what remains after deductible and copay, rounded half up to the cent on each line.
struct Coinsurance {
  func share(of open: Money, under terms: CostShareTerms) throws(MoneyError) -> MemberShare? {
    let amount = try terms.coinsurance.of(open)
    guard amount != .zero else { return nil }
    return MemberShare(
      .coinsurance, amount, by: .coinsurance, RuleInput("rate", terms.coinsurance), RuleInput("of", open))
  }
}

/// PR-3: A fixed amount for a visit, never more than what remains of the amount the plan allows for it.
///
/// The lines of a visit share one copay: the first line takes as much as it can, and the next line takes the rest. If
/// the benefit says so, other claims for the same day and provider share it too, and what they took is a total like the
/// yearly totals.
struct Copay {
  private let opening: Accumulators
  private var taken: [Visit: Money] = [:]
  private var added: [(scope: AccumulatorScope, amount: Money)] = []

  init(opening: Accumulators) {
    self.opening = opening
  }

  mutating func share(
    of open: Money, for line: CoveredLine, under terms: CostShareTerms
  ) throws(MoneyError) -> MemberShare? {
    guard let benefit = line.benefit, terms.copay != .zero else { return nil }
    let visit = Visit(of: line, under: benefit)
    let scope = line.copayScope
    let before = if let scope { try balance(of: scope) } else { taken[visit] ?? .zero }
    let left = max(.zero, try terms.copay - before)
    let amount = min(open, left)
    guard amount != .zero else { return nil }
    taken[visit] = try (taken[visit] ?? .zero) + amount
    if let scope { added.append((scope, amount)) }
    return MemberShare(
      .copay, amount, by: .copay, RuleInput("benefit", benefit.id), RuleInput("copay", terms.copay),
      RuleInput("left for the visit", left))
  }

  private func balance(of scope: AccumulatorScope) throws(MoneyError) -> Money {
    try opening.balance(of: scope) + added.lazy.filter { $0.scope == scope }.map(\.amount).total()
  }

  /// - Throws: `MoneyError.overflow`.
  func post(to totals: inout Accumulators) throws(MoneyError) {
    for (scope, amount) in added { try totals.apply(amount, to: scope) }
  }
}

extension CoveredLine {
  /// The scope of the total that tracks the copays of a visit; nil when each claim has its own copay.
  var copayScope: AccumulatorScope? {
    guard let benefit, benefit.copayPer == .providerAndDay else { return nil }
    return AccumulatorScope(
      holder: .member(coverage.memberID), planID: coverage.planID, planYear: terms.plan.planYear(of: day),
      bucket: .copay(benefit: benefit.id, visit: AccumulatorScope.Bucket.visit(on: day, to: provider)))
  }
}

/// One claim's care at one place, on one day, under one benefit rule. One copay applies to a visit, and visit limits
/// count visits.
struct Visit: Hashable {
  let placeOfService: String
  let day: CalendarDate
  let benefit: String

  init(of line: CoveredLine, under benefit: BenefitRule) {
    placeOfService = line.line.placeOfService
    day = line.day
    self.benefit = benefit.id
  }
}

/// Beyond the year's maximum the member owes nothing, and the plan pays the rest (45 CFR 156.130).
///
/// Shares count toward the maximum in the order in which they are taken, so the last share is forgiven first:
/// coinsurance, then the second of copay and deductible in the plan's order.
struct OutOfPocketMaximum {
  /// Returns nil when nothing is left for the member to owe.
  func limit(_ share: MemberShare, under terms: CostShareTerms, _ year: YearToDate) throws(MoneyError) -> MemberShare? {
    let left = try terms.outOfPocketMaximum.left(
      coversFamily: year.coverage.coversFamily, member: year.outOfPocket.member, family: year.outOfPocket.family)
    guard share.amount > left else { return share }
    guard left != .zero else { return nil }
    var limited = share
    limited.amount = left
    limited.explanation.inputs += [
      RuleInput("before the maximum", share.amount), RuleInput("out-of-pocket maximum left", left),
    ]
    return limited
  }
}
