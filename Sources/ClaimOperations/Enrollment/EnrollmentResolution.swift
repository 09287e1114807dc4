package import ClaimFormats
package import ClaimsDomain

/// What an 834 says about a person, in terms of our plans.
package enum EnrollmentResolution {
  case change(EnrollmentChange)
  /// The 834 says nothing about our plans; the text gives the reason, for people.
  case passedOver(String)
  /// The reasons, of which there is at least one, and why the person would be passed over without them; nil if they would
  /// not.
  case refused([StatedProblem], passedOver: String?)

  /// - Parameters:
  ///   - plans: our plans, which HD04 may name.
  ///   - standard: the plan for health coverage that names no plan.
  package init(_ member: MemberMaintenance, plans: Set<PlanID>, standard: PlanID? = nil) {
    var problems = member.problems
    // A value that cannot be read is not also missing. Only X12 has elements of these names.
    func isReadable(_ segments: String...) -> Bool {
      !member.problems.contains { problem in
        problem.location.unit != .segment || segments.contains { problem.location.element?.hasPrefix($0) == true }
      }
    }
    let identity = Identity(member)
    if identity == nil, isReadable("REF", "NM1", "DMG") {
      let reason =
        "the person cannot be identified: a subscriber needs a number (in X12 REF*0F or NM109), and a dependent the "
        + "subscriber's, with an own one or first name and birth date"
      problems.append(StatedProblem(location: member.location, reason: reason))
    }
    var skipped: [MemberMaintenance.StatedCoverage] = []
    var changes: [CoverageChange] = []
    for coverage in member.coverages {
      let type = coverage.type
      guard let plan = Self.plan(of: coverage, plans: plans, standard: standard) else {
        skipped.append(coverage)
        continue
      }
      changes.append(
        CoverageChange(
          type, planID: plan, first: coverage.first ?? member.eligibleFrom,
          last: coverage.last ?? (type == .terminate ? member.eligibleThrough : nil),
          groupNumber: coverage.groupNumber ?? member.groupNumber))
    }
    if member.coverages.isEmpty, member.type == .reinstate { changes.append(CoverageChange(.reinstate, planID: nil)) }
    // A date here ends all coverage, whatever INS03 says (005010X220A1, 1.4.4).
    if member.eligibleThrough != nil || (member.coverages.isEmpty && member.type == .terminate) {
      changes.append(CoverageChange(.terminate, planID: nil, last: member.eligibleThrough))
    }
    let defects = isReadable("INS", "HD", "DTP") ? Set(changes.compactMap(\.defect?.text)) : []
    problems += defects.sorted().map { StatedProblem(location: member.location, reason: $0) }
    let isAboutPerson = member.coverages.isEmpty && member.name != nil
    var passedOver: String?
    if changes.isEmpty, !isAboutPerson, isReadable("INS", "HD") {
      passedOver = skipped.isEmpty ? "it changes no coverage" : Self.passedOver(skipped, plans: plans)
    } else if member.isTest {
      passedOver = "it is test data (ISA15, HTEST), which enrolls nobody"
    }
    guard let identity, problems.isEmpty else {
      self = .refused(problems, passedOver: passedOver)
      return
    }
    if let passedOver {
      self = .passedOver(passedOver)
      return
    }
    self = .change(
      EnrollmentChange(
        digest: member.digest, memberID: identity.memberID, numbers: identity.numbers, familyID: identity.family,
        isSubscriber: member.isSubscriber, coversFamily: Self.coversFamily(member),
        identity: member.name.map { MemberIdentity(name: $0, birthDate: member.birthDate) }, changes: changes))
  }

  /// The HD03 codes of coverage that a health plan provides.
  private static let health: Set<String> = ["EPO", "FAC", "HLT", "HMO", "MM", "POS", "PPO", "PRA"]

  private static func plan(
    of coverage: MemberMaintenance.StatedCoverage, plans: Set<PlanID>, standard: PlanID?
  ) -> PlanID? {
    if let named = coverage.plan.map({ PlanID($0) }), plans.contains(named) { return named }
    return health.contains(coverage.line) ? standard : nil
  }

  private static func passedOver(_ coverages: [MemberMaintenance.StatedCoverage], plans: Set<PlanID>) -> String {
    let health = coverages.filter { Self.health.contains($0.line) }
    guard !health.isEmpty else {
      return "its coverage (\(coverages.map(\.line).joined(separator: ", "))) is no health coverage"
    }
    let known = plans.sorted().map(\.text).joined(separator: ", ")
    let named = health.compactMap { $0.plan?.prefix(40).displayed }.joined(separator: ", ")
    return "its coverage is of "
      + (named.isEmpty ? "no plan that it names (HD04)" : "plan \(named) (HD04)")
      + ", and the plans at hand are \(known): give yours with --plans, or name one of these with --plan"
  }

  /// Returns whether HD05 includes family members; nil when it is absent.
  private static func coversFamily(_ member: MemberMaintenance) -> Bool? {
    let levels = member.coverages.compactMap(\.level)
    return levels.isEmpty ? nil : levels.contains { !["EMP", "IND"].contains($0) }
  }

  /// The numbers under which the directory lists the person.
  private struct Identity {
    let memberID: MemberID
    let numbers: [MemberID]
    let family: FamilyID

    init?(_ member: MemberMaintenance) {
      if member.isSubscriber {
        guard let subscriber = member.subscriberID ?? member.ownID else { return nil }
        memberID = subscriber
        numbers = [subscriber] + [member.ownID].compactMap { $0 == subscriber ? nil : $0 }
        family = FamilyID(subscriber.text)
        return
      }
      guard let subscriber = member.subscriberID else { return nil }
      let own = member.ownID == subscriber ? nil : member.ownID
      // The number that claims use for a dependent, who has no number of their own in an 837.
      let called = member.birthDate.flatMap { born in
        member.name.flatMap { name in
          name.first.isEmpty
            ? nil
            : Dependent(relationship: "", name: name, birthDate: born).memberID(subscriberID: subscriber)
        }
      }
      guard let first = own ?? called else { return nil }
      memberID = first
      numbers = [own, called].compactMap(\.self)
      family = FamilyID(subscriber.text)
    }
  }
}
