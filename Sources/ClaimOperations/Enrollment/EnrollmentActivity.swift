import BankProtocol
package import ClaimStore
package import ClaimsDomain
package import DurableExecution

/// Brings the directory up to what a sponsor says of a person. Eligibility answers about the person are retired with the
/// change, in one transaction.
package struct EnrollmentActivity<Transaction: ClaimTransaction>: LocalActivity {
  package typealias Key = EnrollmentKey
  package var agent = AgentVersion("EnrolmentAgent", "1.0.0")
  package let eventType = "enrolment-changed"

  package struct Request: Encodable, Sendable {
    package let change: EnrollmentChange
    /// What the same batch says of a subscriber's dependents: that holds for them, whatever ends for the subscriber.
    package let dependents: [EnrollmentChange]

    package init(_ change: EnrollmentChange, dependents: [EnrollmentChange] = []) {
      self.change = change
      self.dependents = dependents
    }

    /// The plans beside the digest: the same file under another plan is another request, and shows as such.
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
    // One after the other: two of a batch may be about one person, or one family.
    try calls.answers { call in
      do {
        return .success(try perform(call.request, under: call.effectKey, in: transaction))
      } catch let refusal as CoverageChange.Refusal {
        // Nothing is stored: what is missing may be on record when it is sent again.
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
    let ended = try endedDependents(request, of: before.first, in: transaction)
    try settle(
      change.numbers.map { Enrollment(number: $0, spans: spans) } + ended.map(\.enrollment),
      alongside: changed.filter { !change.numbers.contains($0.number) }, by: key, in: transaction)
    guard !changed.isEmpty || !ended.isEmpty else {
      return EnrollmentResponse(changed: false, endedDependents: 0, touchedClaims: [])
    }
    try transaction.enroll(changed + ended.map(\.enrollment))
    let touched = try transaction.retireEligibility(
      of: changed.map(\.number).filter { known[$0] != nil } + ended.map(\.enrollment.number))
    return EnrollmentResponse(
      changed: true, endedDependents: Set(ended.map(\.member)).count, touchedClaims: Set(touched).sorted())
  }

  /// Puts on record what the transaction has said, also where that changes nothing.
  ///
  /// - Parameter others: of people it does not speak of, whose coverage it changes all the same. Who of them came by a
  ///   transaction stays settled.
  private func settle(
    _ enrollments: [Enrollment], alongside others: [Enrollment], by key: KeyText, in transaction: Transaction
  ) throws {
    let before = others.isEmpty ? [] : try transaction.settledEnrollments(of: others.map(\.number)).map(\.number)
    let all = enrollments + others.filter { before.contains($0.number) }
    let latest = Dictionary(all.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
    try transaction.settle(latest.values.map { try SettledEnrollment($0, by: key) })
  }

  /// The dependents whose coverage ends because the subscriber's does. Whoever the same batch speaks of is left to that.
  ///
  /// - Parameter subscriber: on record.
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
  /// A subscriber's span once a dependent is covered on days of it, in the same plan.
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
    }
  }

  fileprivate var text: String {
    switch self {
    case .noBeginning: "the coverage has no first day (DTP*348 or 356)"
    case .noEnd: "the coverage ends, and no day says when (DTP*349 or 357)"
    case .endsBeforeItBegins: "the coverage ends before it begins"
    case .nothingToReinstate: "there is no coverage on record that could be reinstated"
    case .nothingToEnd: "the coverage ends, and nobody of that number has any on record; check the number"
    }
  }
}
