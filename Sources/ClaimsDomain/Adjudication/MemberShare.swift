/// What one kind of cost sharing asks of the member for a line.
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
    Adjustment(.patientResponsibility, kind.reasonCode, amount: amount, by: explanation)
  }
}

/// What one line's cost is shared by: the plan's own terms and those of its benefit in the network, and the plan's
/// out-of-network terms, which know neither copay nor waiver, out of it.
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

/// PR-1: what the member pays before the plan does, until the year's deductible is met. A benefit may waive it.
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

/// PR-2: the member's percentage of what deductible and copay left, half up to the cent on each line.
struct Coinsurance {
  func share(of open: Money, under terms: CostShareTerms) throws(MoneyError) -> MemberShare? {
    let amount = try terms.coinsurance.of(open)
    guard amount != .zero else { return nil }
    return MemberShare(
      .coinsurance, amount, by: .coinsurance, RuleInput("rate", terms.coinsurance), RuleInput("of", open))
  }
}

/// PR-3: a fixed amount for a visit, and never more than is left of what the plan allows for it.
///
/// The lines of a visit share one copay: the first takes what it can, and the next the rest of it. Where the benefit says so
/// other claims of the day and provider share it too, and what they took is a total like those of the year.
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
  /// The total that the copays of a visit are kept in; nil where each claim has its own.
  var copayScope: AccumulatorScope? {
    guard let benefit, benefit.copayPer == .providerAndDay else { return nil }
    return AccumulatorScope(
      holder: .member(coverage.memberID), planID: coverage.planID, planYear: terms.plan.planYear(of: day),
      bucket: .copay(benefit: benefit.id, visit: AccumulatorScope.Bucket.visit(on: day, to: provider)))
  }
}

/// One claim's care at one place, on one day, under one benefit rule: what one copay is for, and what a limit of visits
/// counts.
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

/// Past the year's maximum the member owes nothing, and the plan pays it (45 CFR 156.130).
///
/// Shares meet the maximum in the order they are taken, so what it forgives is the last share first: coinsurance, then
/// whichever of copay and deductible the plan takes second.
struct OutOfPocketMaximum {
  /// Nil when nothing is left to ask for.
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
