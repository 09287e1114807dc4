import ClaimsDomain

extension ClaimContext {
  /// - Throws: `ClaimProblem`, located at the claim, when a party required for a decision is not named.
  func parties(of claim: Int) throws(ClaimProblem) -> ClaimParties {
    if let problem { throw problem }
    guard let billingProvider = billing?.provider else {
      throw Self.missing("NM1*85", claim, "no billing provider is named (NM1*85 in loop 2010AA)")
    }
    guard let subscriber else {
      throw Self.missing("NM1*IL", claim, "no subscriber is named (NM1*IL in loop 2010BA)")
    }
    // 4010 allows a dependent to have a member number, and some senders give only that one.
    guard let memberID = subscriber.memberID ?? patient?.memberID else {
      throw Self.missing("NM109", claim, "the subscriber has no member id (NM109 in loop 2010BA)")
    }
    guard let payerSequence else {
      throw Self.missing("SBR01", claim, "nothing says in which turn the payer pays (SBR in loop 2000B)")
    }
    guard let payer else { throw Self.missing("NM1*PR", claim, "no payer is named (NM1*PR in loop 2010BB)") }
    return ClaimParties(
      billingProvider: billingProvider, purpose: purpose, payer: payer, payerSequence: payerSequence,
      filing: filing,
      subscriber: Subscriber(
        memberID: memberID, name: subscriber.name, birthDate: subscriber.birthDate, groupNumber: groupNumber,
        address: subscriber.address),
      patient: try treated(claim))
  }

  /// The problem that nothing says who was treated; nil when it is said, or cannot be read.
  func unstatedPatient(of claim: Int) -> ClaimProblem? {
    guard loss == nil, !problems.contains(where: { $0.concerns("SBR", "PAT", "NM1*QC") }) else { return nil }
    do throws(ClaimProblem) {
      _ = try treated(claim)
      return nil
    } catch {
      return error
    }
  }

  /// The dependent of a loop 2000C, or the subscriber when SBR02 says so. An error when neither is stated.
  private func treated(_ claim: Int) throws(ClaimProblem) -> Patient {
    guard let relationship else {
      guard patientIs == "18" else {
        throw Self.missing(
          "SBR02", claim, "it does not say that the subscriber is the patient (18), and names no other")
      }
      return .subscriber
    }
    guard relationship != "18" else { return .subscriber }
    guard let patient else {
      throw Self.missing("NM1*QC", claim, "the dependent who was treated is not named (NM1*QC in loop 2010CA)")
    }
    return .dependent(
      Dependent(
        relationship: relationship, name: patient.name, birthDate: patient.birthDate, address: patient.address))
  }

  private static func missing(_ element: String, _ claim: Int, _ reason: String) -> ClaimProblem {
    ClaimProblem(location: SourceLocation(.segment, claim, element: element), reason: reason)
  }
}

/// The parties of a claim, once all are known.
struct ClaimParties {
  var billingProvider: Provider
  /// Nil for claims submitted for payment.
  var purpose: ClaimPurpose?
  var payer: Payer
  var payerSequence: PayerSequence
  /// SBR09: the kind of insurance that the claim is filed under.
  var filing: String?
  var subscriber: Subscriber
  var patient: Patient
}

/// One transaction of claims as identified by its header, for acknowledgment.
package struct ClaimBatch: Hashable, Sendable {
  package let interchange: X12Interchange
  /// The position of the transaction in the file, from 0.
  package let ordinal: Int
  /// Whether the whole transaction was rejected for faults of its envelope.
  package let isRejected: Bool
  /// BHT03.
  package private(set) var reference: String?
  /// NM1*41.
  package private(set) var submitterName: String?
  package private(set) var submitterID: String?
  /// The day on which the claims were made: BHT04, else GS04.
  package private(set) var made: StatedDay

  init(interchange: X12Interchange, ordinal: Int, isRejected: Bool, made: StatedDay) {
    self.made = made
    self.interchange = interchange
    self.ordinal = ordinal
    self.isRejected = isRejected
  }

  mutating func take(_ segment: X12Segment) {
    switch segment.name {
    case "BHT":
      reference = segment.brief(3)
      if let day = StatedDay(segment, 4) { made = day }
    case "NM1" where segment.code(1) == "41":
      submitterName = segment.brief(3)
      submitterID = segment.brief(9)
    default: break
    }
  }
}
