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

  /// - Parameter person: The person of the claim or request.
  /// - Throws: `FHIRProblem` when the coverage does not say whose it is, or is another person's.
  init(_ coverage: FHIRElement, of person: FHIRElement, _ references: FHIRReferences) throws(FHIRProblem) {
    try coverage.refuseModifiers()
    guard coverage.place == "Coverage" else { throw coverage.problem("", "must be a Coverage") }
    guard try coverage.text("status") == "active" else {
      throw coverage.problem("status", "the coverage is not active")
    }
    guard let beneficiary = try references.resource("beneficiary", of: coverage) else {
      throw coverage.problem("beneficiary", "it does not say whose coverage it is")
    }
    guard beneficiary.value == person.value else {
      throw coverage.problem("beneficiary", "the coverage is another person's")
    }
    let memberID = try Self.memberID(coverage)
    let group = try Self.named("group", in: coverage)
    let holder = try references.resource("subscriber", of: coverage)
    let relationship = try Self.relationship(coverage, isSelf: holder?.value == beneficiary.value)
    if relationship == "self" {
      guard holder == nil || holder?.value == beneficiary.value else {
        throw coverage.problem("subscriber", "it is another person, though the patient is said to be the subscriber")
      }
      subscriber = try Self.subscriber(beneficiary, memberID, group)
      guard subscriber.birthDate != nil else { throw beneficiary.problem("birthDate", "is missing") }
      patient = .subscriber
    } else {
      guard let holder else { throw coverage.problem("subscriber", "the subscriber is not named") }
      guard let code = Self.relationships[relationship] else {
        throw coverage.problem("relationship", "this relationship to the subscriber is not known here")
      }
      subscriber = try Self.subscriber(holder, memberID, group)
      patient = .dependent(try Self.dependent(beneficiary, code))
    }
    let kind = try coverage.codeIfAny("type", of: .act)?.code
    cause = kind.flatMap { Self.causes[$0] } ?? (relationship == "injured" ? "OA" : nil)
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

  private static func subscriber(
    _ person: FHIRElement, _ memberID: MemberID, _ group: String?
  ) throws(FHIRProblem) -> Subscriber {
    try person.refuseModifiers()
    guard let name = try person.personName() else { throw person.problem("name", "the subscriber is not named") }
    return Subscriber(
      memberID: memberID, name: name, birthDate: try person.day("birthDate"), groupNumber: group,
      address: try person.postalAddress())
  }

  private static func dependent(_ person: FHIRElement, _ relationship: String) throws(FHIRProblem) -> Dependent {
    try person.refuseModifiers()
    guard let name = try person.personName() else { throw person.problem("name", "the patient is not named") }
    guard let born = try person.day("birthDate") else { throw person.problem("birthDate", "is missing") }
    return Dependent(
      relationship: relationship, name: name, birthDate: born, address: try person.postalAddress())
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

  func insurance() throws(FHIRProblem) -> Insurance {
    guard let patient = try references.resource("patient", of: root) else {
      throw root.problem("patient", "the patient must be a resource that is sent with the claim")
    }
    guard patient.place == "Patient" else { throw root.problem("patient", "the patient must be a Patient") }
    var focal: Focal?
    var others: [(payer: OtherPayer, element: FHIRElement)] = []
    let problems = FHIRProblemList()
    for insurance in try root.list("insurance") {
      problems.attempt { () throws(FHIRProblem) in try FHIRShape.insurance.check(insurance) }
      problems.attempt { () throws(FHIRProblem) in
        switch try turn(of: insurance, patient) {
        case .other(let payer): others.append((payer, insurance))
        case .focal(let own):
          guard focal == nil else { throw insurance.problem("focal", "two coverages are focal") }
          focal = own
        }
      }
    }
    try problems.result(())
    guard let focal else { throw root.problem("insurance", "no coverage is focal, so nothing says who is to pay") }
    for other in others where other.element.has("claimResponse") {
      // A payer before us that has decided: a person enters its result. A payer after us cannot have decided.
      guard let turn = other.payer.sequence.turn, let own = focal.sequence.turn, turn < own else {
        throw other.element.problem("claimResponse", "a payer has decided whose turn is after the payer of the claim")
      }
    }
    return Insurance(
      focal: focal.coverage, sequence: focal.sequence, authorization: focal.authorization, others: others.map(\.payer))
  }

  private typealias Focal = (coverage: FHIRCoverage, sequence: PayerSequence, authorization: String?)

  private enum Turn {
    case focal(Focal)
    case other(OtherPayer)
  }

  private func turn(of insurance: FHIRElement, _ patient: FHIRElement) throws(FHIRProblem) -> Turn {
    guard let coverage = try references.resource("coverage", of: insurance) else {
      throw insurance.problem("coverage", "the coverage must be a resource that is sent with the claim")
    }
    let sequence = try Self.sequence(insurance)
    guard try insurance.bool("focal") == true else {
      return .other(OtherPayer(id: try payer(of: coverage).id, sequence: sequence))
    }
    return .focal(
      (try FHIRCoverage(coverage, of: patient, references), sequence, try Self.authorization(insurance)))
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
