import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Updates the directory with what a sponsor sends about a person. The same transaction retires the eligibility answers
/// about that person.
package struct EnrollmentActivity<Transaction: EnrollmentRecords>: LocalActivity {
  package typealias Key = EnrollmentKey
  package var agent = AgentVersion("EnrolmentAgent", "1.0.0")
  package let eventType = "enrolment-changed"

  package struct Request: Encodable, Sendable {
    package let change: EnrollmentChange
    /// What the same batch says about a subscriber's dependents. It applies to them even when the subscriber's coverage
    /// ends.
    package let dependents: [EnrollmentChange]

    package init(_ change: EnrollmentChange, dependents: [EnrollmentChange] = []) {
      self.change = change
      self.dependents = dependents
    }

    /// Encodes the plans along with the digest, so that the same file under another plan is a different request.
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(change.digest, forKey: .digest)
      try container.encode(change.changes.map { $0.planID?.text ?? "" }, forKey: .plans)
    }

    enum CodingKeys: String, CodingKey { case digest, plans }
  }

  package func key(for request: Request) -> EnrollmentKey { EnrollmentKey(digest: request.change.digest) }

  package func stream(for request: Request, key: KeyText) -> String { "enrolment-\(key.digest.prefix(20))" }

  package func facts(of response: EnrollmentResponse) -> [String: String] {
    [
      "changed": response.changed ? "yes" : "no", "ended_dependents": "\(response.endedDependents)",
      "touched_claims": "\(response.touchedClaims.count)",
    ]
  }

  package func perform(
    _ calls: [OwnedCall<Request>], in transaction: Transaction
  ) throws -> Answers<KeyText, Result<EnrollmentResponse, ActivityFailure>> {
    try transaction.lockDirectory()
    // Calls run one after another, because two of a batch may be about the same person or the same family.
    return try calls.answers { call in
      do {
        return .success(try perform(call.request, under: call.effectKey, in: transaction))
      } catch let refusal as CoverageChange.Refusal {
        // A refusal is not stored: what is missing may be on record when the change is sent again.
        return .failure(ActivityFailure(refusal.code, refusal.text))
      }
    }
  }

  private func perform(
    _ request: Request, under key: KeyText, in transaction: Transaction
  ) throws -> EnrollmentResponse {
    let change = request.change
    let family = MemberID(change.familyID.text)
    let known = try transaction.coverages(of: Array(Set(change.numbers + [family])))
    let before = change.numbers.lazy.compactMap { known[$0] }.first ?? []
    let spans = try change.applied(to: before)
    var changed = change.numbers.filter { (known[$0] ?? []) != spans }
      .map { Enrollment(number: $0, spans: spans) }
    if !change.isSubscriber, let subscriber = known[family] {
      let covering = subscriber.map { $0.coveringFamily(with: spans) }
      if covering != subscriber { changed.append(Enrollment(number: family, spans: covering)) }
    }
    let relatives = try relatives(of: change, in: transaction)
    if before.isEmpty, relatives.contains(where: { $0.spans.mayBeOfDependent(with: change.identity, covered: spans) }) {
      throw CoverageChange.Refusal.otherBirthDate
    }
    // Numbers made of a name or birth date that the person no longer has.
    let member = before.first?.memberID ?? change.memberID
    let former = relatives.filter { $0.spans.first?.memberID == member }.map {
      Enrollment(number: $0.number, spans: [])
    }
    changed += former
    let ended = try endedDependents(request, of: before.first, in: transaction)
    try settle(
      change.numbers.map { Enrollment(number: $0, spans: spans) } + former + ended.map(\.enrollment),
      alongside: changed.filter { number in
        !change.numbers.contains(number.number) && !former.contains(number)
      }, by: key, in: transaction)
    guard !changed.isEmpty || !ended.isEmpty else {
      return EnrollmentResponse(changed: false, endedDependents: 0, touchedClaims: [])
    }
    try transaction.enroll(changed + ended.map(\.enrollment))
    let decided = changed.filter { $0.mayChangeDecisions(madeBy: known[$0.number]) }
    let touched = try transaction.retireEligibility(
      of: decided.map(\.number) + ended.map(\.enrollment.number))
    return EnrollmentResponse(
      changed: true, endedDependents: Set(ended.map(\.member)).count, touchedClaims: Set(touched).sorted())
  }

  /// Returns the enrollments of a dependent's family under other numbers than those of the change. A subscriber's numbers are
  /// made of no name.
  private func relatives(of change: EnrollmentChange, in transaction: Transaction) throws -> [Enrollment] {
    guard !change.isSubscriber else { return [] }
    let numbers = try transaction.numbers(of: change.familyID).filter { !change.numbers.contains($0) }
    guard !numbers.isEmpty else { return [] }
    let known = try transaction.coverages(of: numbers)
    return numbers.compactMap { number in known[number].map { Enrollment(number: number, spans: $0) } }
  }

  /// Records what the transaction has said about each person, even where that changes nothing.
  ///
  /// - Parameter others: the enrollments of people whom the transaction does not mention but whose coverage it changes.
  ///   Those among them that came from a transaction stay settled.
  private func settle(
    _ enrollments: [Enrollment], alongside others: [Enrollment], by key: KeyText, in transaction: Transaction
  ) throws {
    let before = others.isEmpty ? [] : try transaction.settledEnrollments(of: others.map(\.number)).map(\.number)
    let all = enrollments + others.filter { before.contains($0.number) }
    let latest = Dictionary(all.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
    try transaction.settle(latest.values.map { try SettledEnrollment($0, by: key) })
  }

  /// Returns the dependents whose coverage ends because the subscriber's does. A dependent's plan that the same batch
  /// mentions is left out.
  ///
  /// - Parameter subscriber: the subscriber's coverage on record.
  private func endedDependents(
    _ request: Request, of subscriber: Coverage?, in transaction: Transaction
  ) throws -> [(member: MemberID, enrollment: Enrollment)] {
    guard let end = request.change.familyEnd else { return [] }
    let numbers = try transaction.numbers(of: subscriber?.familyID ?? request.change.familyID)
    let known = try transaction.coverages(of: numbers)
    return numbers.compactMap { number in
      guard !request.change.numbers.contains(number), let spans = known[number], let member = spans.first?.memberID,
        member != subscriber?.memberID
      else { return nil }
      let said = request.dependents.filter { $0.numbers.contains { known[$0]?.first?.memberID == member } }
      let left = spans.ended(on: end) { plan in said.contains { $0.speaks(of: plan) } }
      return left == spans ? nil : (member, Enrollment(number: number, spans: left))
    }
  }
}

extension Coverage {
  /// Returns the subscriber's span with family coverage set if a dependent is covered by the same plan on any of its
  /// days.
  fileprivate func coveringFamily(with spans: [Coverage]) -> Coverage {
    var span = self
    let isShared = spans.contains {
      $0.planID == planID && $0.effective.first <= effective.last && effective.first <= $0.effective.last
    }
    span.coversFamily = coversFamily || isShared
    return span
  }
}

extension CoverageChange.Refusal {
  fileprivate var code: FailureCode {
    switch self {
    case .noBeginning: .noBeginning
    case .noEnd: .noEnd
    case .endsBeforeItBegins: .endsBeforeItBegins
    case .nothingToReinstate: .nothingToReinstate
    case .nothingToEnd: .nothingToEnd
    case .otherBirthDate: .otherBirthDate
    }
  }

  /// The refusal in a sentence.
  var text: String {
    switch self {
    case .noBeginning: "the coverage has no first day (DTP*348 or 356)"
    case .noEnd: "the coverage ends, and no day says when (DTP*349 or 357)"
    case .endsBeforeItBegins: "the coverage ends before it begins"
    case .nothingToReinstate: "there is no coverage on record that could be reinstated"
    case .nothingToEnd: "the coverage ends, and nobody of that number has any on record; check the number"
    case .otherBirthDate:
      "another dependent of the family has this first name and another birth date; end that coverage first, or send the "
        + "number of their own (NM109)"
    }
  }
}
