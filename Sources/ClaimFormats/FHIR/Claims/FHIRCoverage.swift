import ClaimsDomain

/// A Coverage and the people that it names.
struct FHIRCoverage {
  let subscriber: Subscriber
  let patient: Patient
  /// The cause of liability that the kind of coverage implies; nil for health coverage.
  let cause: String?

  /// PAT01 by the FHIR relationship. X12 has no code for a parent.
  private static let relationships = [
    "spouse": "01", "child": "19", "common": "53", "parent": "G8", "other": "G8", "injured": "G8",
  ]
  /// Kinds of policies that pay for an accident (v3-ActCode), with the cause that each implies.
  private static let causes = ["AUTOPOL": "AA", "WCBPOL": "EM"]

  /// - Parameter person: The person of the claim or request; nil when who that is cannot be read.
  /// - Throws: `FHIRProblem` for all problems, such as a coverage that does not say whose it is, or is another person's.
  init(_ coverage: FHIRElement, of person: FHIRElement?, _ references: FHIRReferences) throws(FHIRProblem) {
    guard coverage.place == "Coverage" else { throw coverage.problem("", "must be a Coverage") }
    let problems = FHIRProblemList()
    problems.attempt { () throws(FHIRProblem) in try coverage.refuseModifiers() }
    problems.attempt { () throws(FHIRProblem) in
      guard try coverage.text("status") == "active" else {
        throw coverage.problem("status", "the coverage is not active")
      }
    }
    let beneficiary = problems.attempt { () throws(FHIRProblem) in
      try Self.beneficiary(of: coverage, person, references)
    }
    let memberID = problems.attempt { () throws(FHIRProblem) in try Self.memberID(coverage) }
    let group = problems.attempt { () throws(FHIRProblem) in try Self.named("group", in: coverage) }
    let holder = problems.attempt { () throws(FHIRProblem) in try references.resource("subscriber", of: coverage) }
    let people = People(beneficiary: beneficiary, holder: holder)
    let relationship = problems.attempt { () throws(FHIRProblem) in
      try Self.relationship(coverage, isSelf: people?.areOne ?? true)
    }
    let kind = problems.attempt { () throws(FHIRProblem) in try coverage.codeIfAny("type", of: .act)?.code }
    let covered = relationship.flatMap { relationship in
      people.flatMap { people in
        problems.attempt { () throws(FHIRProblem) in
          relationship == "self"
            ? try Self.subscriber(people, of: coverage) : try Self.dependent(people, relationship, of: coverage)
        }
      }
    }
    guard let memberID, let group, let relationship, let kind, let covered else {
      self = try problems.result(nil)
      return
    }
    let (subscriber, patient) = (covered.subscriber, covered.patient)
    let cause = kind.flatMap { Self.causes[$0] } ?? (relationship == "injured" ? "OA" : nil)
    self = try problems.result(
      FHIRCoverage(
        subscriber: Subscriber(
          memberID: memberID, name: subscriber.name, birthDate: subscriber.birthDate, groupNumber: group,
          address: subscriber.address), patient: patient, cause: cause))
  }

  private init(subscriber: Subscriber, patient: Patient, cause: String?) {
    (self.subscriber, self.patient, self.cause) = (subscriber, patient, cause)
  }

  private static func beneficiary(
    of coverage: FHIRElement, _ person: FHIRElement?, _ references: FHIRReferences
  ) throws(FHIRProblem) -> FHIRElement {
    guard let beneficiary = try references.resource("beneficiary", of: coverage) else {
      throw coverage.problem("beneficiary", "it does not say whose coverage it is")
    }
    guard person == nil || beneficiary.value == person?.value else {
      throw coverage.problem("beneficiary", "the coverage is another person's")
    }
    return beneficiary
  }

  /// Who is covered, and who holds the policy.
  private struct People {
    let beneficiary: FHIRElement
    /// The subscriber that the coverage refers to; nil when it refers to none.
    let holder: FHIRElement?

    /// - Returns: nil when either cannot be read.
    init?(beneficiary: FHIRElement?, holder: FHIRElement??) {
      guard let beneficiary, let holder else { return nil }
      (self.beneficiary, self.holder) = (beneficiary, holder)
    }

    var areOne: Bool { holder?.value == beneficiary.value }
  }

  private typealias Covered = (subscriber: Person, patient: Patient)

  private static func subscriber(_ people: People, of coverage: FHIRElement) throws(FHIRProblem) -> Covered {
    guard people.holder == nil || people.areOne else {
      throw coverage.problem("subscriber", "it is another person, though the patient is said to be the subscriber")
    }
    return (try Person(people.beneficiary, "the subscriber", needsBirthDate: true), .subscriber)
  }

  private static func dependent(
    _ people: People, _ relationship: String, of coverage: FHIRElement
  ) throws(FHIRProblem) -> Covered {
    let problems = FHIRProblemList()
    let code = problems.attempt { () throws(FHIRProblem) in
      guard let code = relationships[relationship] else {
        throw coverage.problem("relationship", "this relationship to the subscriber is not known here")
      }
      return code
    }
    let holder = problems.attempt { () throws(FHIRProblem) in
      guard let holder = people.holder else { throw coverage.problem("subscriber", "the subscriber is not named") }
      return try Person(holder, "the subscriber", needsBirthDate: false)
    }
    let patient = problems.attempt { () throws(FHIRProblem) in
      try Person(people.beneficiary, "the patient", needsBirthDate: true)
    }
    guard let code, let holder, let patient, let born = patient.birthDate else { return try problems.result(nil) }
    let dependent = Dependent(relationship: code, name: patient.name, birthDate: born, address: patient.address)
    return try problems.result((holder, .dependent(dependent)))
  }

  private struct Person {
    let name: PersonName
    let birthDate: CalendarDate?
    let address: Address?

    /// - Throws: `FHIRProblem` for all problems.
    init(_ person: FHIRElement, _ role: String, needsBirthDate: Bool) throws(FHIRProblem) {
      let problems = FHIRProblemList()
      problems.attempt { () throws(FHIRProblem) in try person.refuseModifiers() }
      let name = problems.attempt { () throws(FHIRProblem) in
        guard let name = try person.personName() else { throw person.problem("name", "\(role) is not named") }
        return name
      }
      let birthDate = problems.attempt { () throws(FHIRProblem) in
        let day = try person.day("birthDate")
        guard day != nil || !needsBirthDate else { throw person.problem("birthDate", "is missing") }
        return day
      }
      let address = problems.attempt { () throws(FHIRProblem) in try person.postalAddress() }
      guard let name, let birthDate, let address else {
        self = try problems.result(nil)
        return
      }
      (self.name, self.birthDate, self.address) = (name, birthDate, address)
    }
  }

  /// The subscriber's number: `subscriberId`, or else the member number among the identifiers.
  static func memberID(_ coverage: FHIRElement) throws(FHIRProblem) -> MemberID {
    let identifier = try FHIRClaim.chosen(coverage.list("identifier"), type: "MB")
    let (subscriber, own) = (try coverage.text("subscriberId"), try identifier?.text("value"))
    guard let number = subscriber ?? own else {
      throw coverage.problem(
        "subscriberId", "the subscriber has no member id (subscriberId, or an identifier of type MB)")
    }
    return MemberID(number)
  }

  static func relationship(_ coverage: FHIRElement, isSelf: Bool) throws(FHIRProblem) -> String {
    // Many senders leave out the system of this code.
    if let concept = try coverage.child("relationship") {
      for coding in try concept.list("coding") {
        let system = try coding.text("system")
        if system == nil || system == FHIRSystem.relationship.uri, let code = try coding.text("code") { return code }
      }
    }
    guard isSelf else {
      throw coverage.problem("relationship", "it does not say what the patient is to the subscriber")
    }
    return "self"
  }

  /// The plan or the group that a Coverage names: its class of that type.
  static func named(_ type: String, in coverage: FHIRElement) throws(FHIRProblem) -> String? {
    for part in try coverage.list("class") {
      if try part.codeIfAny("type", of: .coverageClass)?.code == type { return try part.text("value") }
    }
    return nil
  }
}

extension FHIRClaim {
  /// What the insurance of a claim says.
  struct Insurance {
    let focal: FHIRCoverage
    let sequence: PayerSequence
    let authorization: String?
    let others: [OtherPayer]
  }

  /// - Throws: `FHIRProblem` for all problems.
  func insurance() throws(FHIRProblem) -> Insurance {
    let problems = FHIRProblemList()
    let patient = problems.attempt { () throws(FHIRProblem) in try self.patient }
    let all = problems.attempt { () throws(FHIRProblem) in try root.list("insurance") } ?? []
    var (hasFocal, focal): (Bool, Focal?) = (false, nil)
    var others: [(payer: OtherPayer, element: FHIRElement)] = []
    for insurance in all {
      problems.attempt { () throws(FHIRProblem) in try FHIRShape.insurance.check(insurance) }
      // The only coverage is looked at as the one that is asked, even if it does not say so.
      if all.count == 1 || Self.isFocal(insurance) {
        let own = problems.attempt { () throws(FHIRProblem) in try self.focal(insurance, patient) }
        if hasFocal { problems.note(insurance.problem("focal", "two coverages are focal")) }
        (hasFocal, focal) = (true, focal ?? own)
      } else if let payer = problems.attempt({ () throws(FHIRProblem) in try other(insurance) }) {
        others.append((payer, insurance))
      }
    }
    if !all.contains(where: Self.isFocal) {
      problems.note(root.problem("insurance", "no coverage is focal, so nothing says who is to pay"))
    }
    guard let focal else { return try problems.result(nil) }
    for other in others where other.element.has("claimResponse") {
      // A payer before us that has decided: a person enters its result. A payer after us cannot have decided.
      if let turn = other.payer.sequence.turn, let own = focal.sequence.turn, turn < own { continue }
      problems.note(
        other.element.problem("claimResponse", "a payer has decided whose turn is after the payer of the claim"))
    }
    return try problems.result(
      Insurance(
        focal: focal.coverage, sequence: focal.sequence, authorization: focal.authorization,
        others: others.map(\.payer)))
  }

  /// Whether a coverage is the one that is asked. One that does not say it legibly may be.
  private static func isFocal(_ insurance: FHIRElement) -> Bool {
    do {
      return try insurance.bool("focal") == true
    } catch {
      return true
    }
  }

  private var patient: FHIRElement {
    get throws(FHIRProblem) {
      guard let patient = try references.resource("patient", of: root) else {
        throw root.problem("patient", "the patient must be a resource that is sent with the claim")
      }
      guard patient.place == "Patient" else { throw root.problem("patient", "the patient must be a Patient") }
      return patient
    }
  }

  private typealias Focal = (coverage: FHIRCoverage, sequence: PayerSequence, authorization: String?)

  private func focal(_ insurance: FHIRElement, _ patient: FHIRElement?) throws(FHIRProblem) -> Focal {
    let problems = FHIRProblemList()
    problems.attempt { () throws(FHIRProblem) in _ = try insurance.bool("focal") }
    let sequence = problems.attempt { () throws(FHIRProblem) in try Self.sequence(insurance) }
    let authorization = problems.attempt { () throws(FHIRProblem) in try Self.authorization(insurance) }
    let coverage = problems.attempt { () throws(FHIRProblem) in
      try FHIRCoverage(self.coverage(of: insurance), of: patient, references)
    }
    guard let sequence, let authorization, let coverage else { return try problems.result(nil) }
    return try problems.result((coverage, sequence, authorization))
  }

  private func other(_ insurance: FHIRElement) throws(FHIRProblem) -> OtherPayer {
    let problems = FHIRProblemList()
    let sequence = problems.attempt { () throws(FHIRProblem) in try Self.sequence(insurance) }
    let payer = problems.attempt { () throws(FHIRProblem) in try self.payer(of: self.coverage(of: insurance)) }
    guard let sequence, let payer else { return try problems.result(nil) }
    return try problems.result(OtherPayer(id: payer.id, sequence: sequence))
  }

  private func coverage(of insurance: FHIRElement) throws(FHIRProblem) -> FHIRElement {
    guard let coverage = try references.resource("coverage", of: insurance) else {
      throw insurance.problem("coverage", "the coverage must be a resource that is sent with the claim")
    }
    return coverage
  }

  private static func sequence(_ insurance: FHIRElement) throws(FHIRProblem) -> PayerSequence {
    let turns: [PayerSequence] = [
      .primary, .secondary, .tertiary, .fourth, .fifth, .sixth, .seventh, .eighth, .ninth, .tenth, .eleventh,
    ]
    guard let number = try insurance.positive("sequence"), number <= turns.count else {
      throw insurance.problem("sequence", "it does not say in which turn this payer pays (1 to \(turns.count))")
    }
    return turns[number - 1]
  }

  private static func authorization(_ insurance: FHIRElement) throws(FHIRProblem) -> String? {
    let numbers = Set(try insurance.texts("preAuthRef").filter { !$0.isEmpty })
    guard numbers.count <= 1 else { throw insurance.problem("preAuthRef", "it names several authorizations") }
    return numbers.first
  }
}
