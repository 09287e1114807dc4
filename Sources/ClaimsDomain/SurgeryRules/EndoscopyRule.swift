/// Endoscopies of one family hold the value of its base each: the highest is paid in full, and of every other what it is
/// above the base. The base itself is not paid beside another of its family. A family then is one procedure among those
/// of the day (CMS MPFS RVU file layout, MULT PROC 3; Claims Processing Manual, chapter 12, section 40.6).
struct EndoscopyRule {
  /// Groups the procedures of one day and role: each group is ranked as one.
  ///
  /// - Throws: `MoneyError.overflow` when an amount leaves 64 bits.
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
