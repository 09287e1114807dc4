/// Every endoscopy in a family includes the value of the family's base. The highest is paid in full, and each of the
/// others is paid its excess over the base. The base itself is not paid in addition to another endoscopy in its family.
/// A family then counts as one procedure among those of the day (CMS MPFS RVU file layout, MULT PROC 3; Claims
/// Processing Manual, chapter 12, section 40.6).
struct EndoscopyRule {
  /// Groups the procedures of one day and role; each group is ranked as one procedure.
  ///
  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
  func families(of procedures: [SurgicalProcedure]) throws(MoneyError) -> [[SurgicalProcedure]] {
    let bases = Set(procedures.filter(\.isEndoscopy).compactMap(\.first.indicators.endoscopicBase))
    var groups: [[SurgicalProcedure]] = []
    var families: [String: [SurgicalProcedure]] = [:]
    for procedure in procedures {
      let ownBase = procedure.isEndoscopy ? procedure.first.indicators.endoscopicBase : nil
      if let base = ownBase ?? (bases.contains(procedure.first.code) ? procedure.first.code : nil) {
        families[base, default: []].append(procedure)
      } else {
        groups.append([procedure])
      }
    }
    for (base, members) in families { groups.append(try reduced(members, base: base)) }
    return groups
  }

  private func reduced(
    _ members: [SurgicalProcedure], base: String
  ) throws(MoneyError) -> [SurgicalProcedure] {
    guard members.count > 1 else { return members }
    let ranked = members.filter { $0.first.code != base }
      .sorted { ($1.amount, $0.number) < ($0.amount, $1.number) }
    var family: [SurgicalProcedure] = []
    for (rank, member) in ranked.enumerated() {
      var member = member
      if rank > 0, let fee = member.first.endoscopicBaseFee {
        member.amount = try member.amount.less(ExactAmount(fee))
        member.explanations.append(
          RuleExplanation(.surgeryEndoscopy, [RuleInput("base", base), RuleInput("fee of the base", fee)]))
      }
      family.append(member)
    }
    for member in members where member.first.code == base {
      var member = member
      member.amount = ExactAmount(.zero)
      member.isIncludedBase = true
      member.explanations.append(RuleExplanation(.surgeryEndoscopy, [RuleInput("base", base)]))
      family.append(member)
    }
    return family
  }
}

/// Of several procedures on one day, the highest is paid in full and the others in part: 100, 50, 50, 50, 50%. The rank
/// depends on the fee, not on which line has modifier 51 (CMS MPFS RVU file layout, MULT PROC 2; Claims Processing
/// Manual, chapter 12, section 40.6). Procedures that are not subject to the rule, including add-on codes, have another
/// indicator and are not changed.
struct MultipleProcedureRule {
  let rates: PaymentRuleRates

  /// - Parameter groups: The procedures of one day and role, with each family of endoscopies as one group.
  /// - Throws: `MoneyError.overflow` when an amount overflows 64 bits.
  func ranked(_ groups: [[SurgicalProcedure]]) throws(MoneyError) -> [SurgicalProcedure] {
    var ranking: [(total: ExactAmount, number: Int, group: [SurgicalProcedure])] = []
    var done: [SurgicalProcedure] = []
    for group in groups {
      guard group.contains(where: \.isRanked) else {
        done += group
        continue
      }
      var total = ExactAmount(.zero)
      for procedure in group { total = try total.plus(procedure.amount) }
      ranking.append((total, group.map(\.number).min() ?? 0, group))
    }
    ranking.sort { ($1.total, $0.number) < ($0.total, $1.number) }
    for (rank, entry) in ranking.enumerated() {
      for procedure in entry.group { done.append(try cut(procedure, rank: rank, of: ranking.count)) }
    }
    return done
  }

  private func cut(
    _ procedure: SurgicalProcedure, rank: Int, of count: Int
  ) throws(MoneyError) -> SurgicalProcedure {
    guard count > 1, !procedure.isIncludedBase else { return procedure }
    var procedure = procedure
    let rate = rates.multipleProcedure(rank: rank)
    procedure.amount = try procedure.amount.times(rate)
    procedure.explanations.append(
      RuleExplanation(
        .surgeryMultiple, [RuleInput("rank", rank + 1), RuleInput("of", count), RuleInput("rate", rate)]))
    if rank >= rates.multipleProcedures.count { procedure.review = .moreThanFiveProcedures }
    return procedure
  }
}

/// MULT PROC 4 to 7: diagnostic imaging, therapy, cardiovascular, and ophthalmic services on one day, where the second
/// service's technical or expense component is reduced (CMS MPFS RVU file layout; Claims Processing Manual, chapter 4,
/// section 250.16, and chapter 5, section 10.7). The components are not priced here, so a person has to set the price.
enum ComponentReduction {
  private static let indicators: Set<Character> = ["4", "5", "6", "7"]

  /// A line as input to this rule.
  struct Line {
    let number: Int
    let day: CalendarDate
    let units: Units
    /// MULT PROC.
    let indicator: Character
  }

  /// The numbers of the lines that may reduce one another, or themselves: a second unit of therapy is also reduced.
  static func reduced(among lines: [Line]) -> Set<Int> {
    let families = Dictionary(grouping: lines.filter { indicators.contains($0.indicator) && $0.units > Units(0) }) {
      Family(day: $0.day, indicator: $0.indicator)
    }
    let reducing = families.values.filter { family in family.count > 1 || family.contains { $0.units > .one } }
    return Set(reducing.joined().map(\.number))
  }

  private struct Family: Hashable {
    let day: CalendarDate
    let indicator: Character
  }
}
