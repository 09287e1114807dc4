/// The changes to one person's coverage, and the numbers by which claims identify the person.
package struct EnrollmentChange: Hashable, Sendable {
  /// The SHA-256 digest, in hex, of what the sponsor sent. The same content again is the same change.
  package let digest: String
  /// The person's member ID if the directory does not have the person yet.
  package let memberID: MemberID
  /// Every number by which a claim may identify the person.
  package let numbers: [MemberID]
  package let familyID: FamilyID
  package let isSubscriber: Bool
  /// Whether the coverage is for more than one person; nil when not specified.
  package let coversFamily: Bool?
  /// The person's identity, as far as specified; nil when it is not.
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

  /// Returns the person's spans after the change.
  ///
  /// - Parameter spans: The spans on record.
  /// - Throws: `CoverageChange.Refusal`; the spans then remain unchanged.
  package func applied(to spans: [Coverage]) throws(CoverageChange.Refusal) -> [Coverage] {
    // A known person keeps the number under which their deductible is recorded.
    guard !spans.isEmpty || changes.isEmpty || !changes.allSatisfy({ $0.type == .terminate || $0.type == .delete })
    else { throw .nothingToEnd }
    let member = spans.first?.memberID ?? memberID
    let family = spans.first?.familyID ?? familyID
    var changed = spans
    for change in changes {
      changed = try change.applied(to: changed) { plan, days in
        let own = spans.filter { $0.planID == plan }
        // What a change leaves unsaid is as it was when the change begins.
        let before = own.last { $0.effective.first <= days.first } ?? own.first
        return Coverage(
          memberID: member, familyID: family, planID: plan, effective: days,
          coversFamily: coversFamily ?? before?.coversFamily ?? !isSubscriber,
          groupNumber: change.groupNumber ?? before?.groupNumber)
      }
    }
    guard let identity = identity?.completed(by: spans.lazy.compactMap(\.identity).first) else { return changed }
    return changed.map { span in
      var span = span
      span.identity = identity
      return span
    }
  }

  /// The last day for everyone whose coverage depends on this subscriber's. A day at the member level (DTP*357 in loop
  /// 2000) ends all plans of the subscriber and the dependents. A day at the plan level (DTP*349 in loop 2300) applies
  /// only to the subscriber, because dependents may continue without one (005010X220A1, 1.4.4).
  package var familyEnd: CalendarDate? {
    guard isSubscriber else { return nil }
    return changes.last { $0.type == .terminate && $0.planID == nil }?.last
  }

  /// Whether the change affects a plan.
  package func speaks(of plan: PlanID) -> Bool { changes.contains { $0.planID == nil || $0.planID == plan } }
}

/// INS03 and HD01: the action that an 834 requests (005010X220A1).
package enum MaintenanceType: String, Sendable, Codable, CaseIterable {
  case change = "001"
  case delete = "002"
  case add = "021"
  case terminate = "024"
  case reinstate = "025"
  case correction = "026"
  /// Audit or compare: what is stated applies, and people who are not named are unchanged.
  case audit = "030"
}

extension MemberIdentity {
  /// Returns this identity with what it leaves out as it is on record.
  fileprivate func completed(by record: MemberIdentity?) -> MemberIdentity {
    guard let record else { return self }
    return MemberIdentity(
      name: PersonName(
        last: name.last.isEmpty ? record.name.last : name.last,
        first: name.first.isEmpty ? record.name.first : name.first),
      birthDate: birthDate ?? record.birthDate)
  }
}
