/// What is to become of one person's coverage, and by which numbers claims name the person.
package struct EnrollmentChange: Hashable, Sendable {
  /// Of what the sponsor sent, SHA-256 in hex: the same again is the same change.
  package let digest: String
  /// What the person is called where the directory does not know them yet.
  package let memberID: MemberID
  /// Every number a claim may name the person by.
  package let numbers: [MemberID]
  package let familyID: FamilyID
  package let isSubscriber: Bool
  /// Whether the coverage is for more than one person; nil where nothing is said of that.
  package let coversFamily: Bool?
  /// Who it is, as far as it is said; nil where it is not.
  package let identity: MemberIdentity?
  package let changes: [CoverageChange]

  package init(
    digest: String, memberID: MemberID, numbers: [MemberID], familyID: FamilyID, isSubscriber: Bool,
    coversFamily: Bool?, identity: MemberIdentity? = nil, changes: [CoverageChange]
  ) {
    self.digest = digest
    self.memberID = memberID
    self.numbers = numbers
    self.familyID = familyID
    self.isSubscriber = isSubscriber
    self.coversFamily = coversFamily
    self.identity = identity
    self.changes = changes
  }

  /// The person's spans after it.
  ///
  /// - Parameter spans: those on record.
  /// - Throws: `CoverageChange.Refusal`; the spans then stay as they are.
  package func applied(to spans: [Coverage]) throws(CoverageChange.Refusal) -> [Coverage] {
    // Whoever is known keeps the number that their deductible stands under.
    guard !spans.isEmpty || !changes.allSatisfy({ $0.type == .terminate || $0.type == .delete }) else {
      throw .nothingToEnd
    }
    let member = spans.first?.memberID ?? memberID
    let family = spans.first?.familyID ?? familyID
    var changed = spans
    for change in changes {
      changed = try change.applied(to: changed) { plan, days in
        let before = spans.first { $0.planID == plan }?.coversFamily
        return Coverage(
          memberID: member, familyID: family, planID: plan, effective: days,
          coversFamily: coversFamily ?? before ?? !isSubscriber)
      }
    }
    guard let identity else { return changed }
    let born = identity.birthDate ?? spans.lazy.compactMap(\.identity?.birthDate).first
    return changed.map { span in
      var span = span
      span.identity = MemberIdentity(name: identity.name, birthDate: born)
      return span
    }
  }

  /// The last day of everybody whose coverage hangs on this subscriber's. A day at the level of the member (DTP*357 in
  /// loop 2000) ends all plans of the subscriber and of the dependents; a day at the level of a plan (DTP*349 in loop
  /// 2300) is the subscriber's alone, since dependents may go on without one (005010X220A1, 1.4.4).
  package var familyEnd: CalendarDate? {
    guard isSubscriber else { return nil }
    return changes.last { $0.type == .terminate && $0.planID == nil }?.last
  }

  /// Whether it says what becomes of a plan.
  package func speaks(of plan: PlanID) -> Bool { changes.contains { $0.planID == nil || $0.planID == plan } }
}

/// INS03 and HD01: what an 834 wants done (005010X220A1).
package enum MaintenanceType: String, Sendable, Codable, CaseIterable {
  case change = "001"
  case delete = "002"
  case add = "021"
  case terminate = "024"
  case reinstate = "025"
  case correction = "026"
  /// Or compare: what is said is what holds, and who is not named stays as they are.
  case audit = "030"
}
